import Standins
import Synchronization

/// The input of a flow with everything that benthos counts and logs about it.
///
/// Used by one task at a time.
final class InputConnection: Sendable {
    /// Durations from a message's arrival to its delivery.
    let latency: FlowTiming

    private let typeName: String
    private let source: any MessageSource
    private let logger: FlowLogger
    private let received: FlowCounter
    /// Nothing for an input without connection metrics.
    private let connection: ConnectionCounters?
    private let retries: RetrySchedule
    private let state = Mutex(State())

    private struct State {
        var status = ConnectionStatus()
        var hasBeenActive = false
    }

    /// Makes an input that is not connected.
    ///
    /// - Parameters:
    ///   - typeName: for the log
    ///   - source: where messages come from
    ///   - place: where the component stands
    ///   - metrics: the numbers of the flow
    ///   - logger: the flow's logger
    ///   - retries: the pauses between attempts to connect
    init(
        _ typeName: String,
        _ source: any MessageSource,
        at place: ComponentPlace,
        metrics: FlowMetrics,
        logger: FlowLogger,
        retries: RetrySchedule
    ) {
        self.typeName = typeName
        self.source = source
        self.logger = logger.of(place)
        self.retries = retries
        received = metrics.counter("input_received", place)
        latency = metrics.timing("input_latency_ns", place)
        // An `http_server` input has no connection to count, nor does it log that it is active.
        connection = typeName == "http_server" ? nil : ConnectionCounters("input", place, metrics)
    }

    /// What `/ready` says.
    var status: ConnectionStatus { state.withLock(\.status) }

    /// The next message, through as many connections as it takes.
    ///
    /// - Returns: nothing at the end of the input, or when the task is cancelled
    func next() async -> FlowMessage? {
        var pauses = retries
        while !Task.isCancelled {
            guard status.isConnected else {
                // The real program's pause between attempts; a cancelled one ends the loop.
                if await !connect() { try? await Task.sleep(for: pauses.next()) }
                continue
            }
            do throws(FlowFault) {
                let message = try await source.next()
                if message != nil { received.increment() }
                return message
            } catch {
                switch error {
                case .notConnected:
                    connection?.lost.increment()
                    state.withLock { $0.status = .lost }
                case .failed(let reason):
                    logger.error("Failed to read message: \(reason)")
                    // A cancelled pause ends the loop above.
                    try? await Task.sleep(for: pauses.next())
                }
            }
        }
        return nil
    }

    /// Says that what is under way is waited for.
    func willDrain() {
        logger.debug("Waiting for pending acks to resolve before shutting down.")
    }

    /// Says that nothing is under way any more.
    func didDrain() {
        logger.debug("Pending acks resolved.")
    }

    /// Ends the connection for good.
    func close() async {
        state.withLock { $0.status = .lost }
        await source.close()
    }

    private func connect() async -> Bool {
        do throws(StandinError) {
            try await source.connect()
        } catch {
            guard !Task.isCancelled else { return false }
            state.withLock { $0.status.error = error.message }
            logger.error("Failed to connect to \(typeName): \(error)")
            connection?.failed.increment()
            return false
        }
        connection?.up.increment()
        let isFirst = state.withLock { state in
            state.status = ConnectionStatus(isConnected: true)
            defer { state.hasBeenActive = true }
            return !state.hasBeenActive
        }
        // A reconnect is not logged.
        if isFirst, connection != nil { logger.info("Input type \(typeName) is now active") }
        return true
    }
}

/// The three counters of a connection.
struct ConnectionCounters: Sendable {
    let up: FlowCounter
    let failed: FlowCounter
    let lost: FlowCounter

    /// Registers the counters.
    ///
    /// - Parameters:
    ///   - end: `input` or `output`
    ///   - place: where the component stands
    ///   - metrics: the numbers of the flow
    init(_ end: String, _ place: ComponentPlace, _ metrics: FlowMetrics) {
        up = metrics.counter(end + "_connection_up", place)
        failed = metrics.counter(end + "_connection_failed", place)
        lost = metrics.counter(end + "_connection_lost", place)
    }
}
