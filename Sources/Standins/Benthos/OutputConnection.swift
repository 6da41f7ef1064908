import Standins
import Synchronization

/// The output of a flow with everything that benthos counts and logs about it.
final class OutputConnection: Sendable {
    private struct State {
        var status = ConnectionStatus()
        var hasBeenActive = false
    }

    private let typeName: String
    private let sink: any MessageSink
    private let logger: FlowLogger
    private let connection: ConnectionCounters
    private let counters: (sent: FlowCounter, batches: FlowCounter, errors: FlowCounter)
    private let latency: FlowTiming
    private let retries: RetrySchedule
    private let connected = Gate(isOpen: false)
    private let broken = Gate(isOpen: false)
    private let hasBeenActive = Gate(isOpen: false)
    private let state = Mutex(State())

    /// Makes an output that is not connected.
    ///
    /// - Parameters:
    ///   - typeName: for the log
    ///   - sink: where messages go
    ///   - place: where the component stands
    ///   - metrics: the numbers of the flow
    ///   - logger: the flow's logger
    ///   - retries: the pauses between attempts to connect
    init(
        _ typeName: String,
        _ sink: any MessageSink,
        at place: ComponentPlace,
        metrics: FlowMetrics,
        logger: FlowLogger,
        retries: RetrySchedule
    ) {
        self.typeName = typeName
        self.sink = sink
        self.logger = logger.of(place)
        self.retries = retries
        connection = ConnectionCounters("output", place, metrics)
        counters = (
            metrics.counter("output_sent", place),
            metrics.counter("output_batch_sent", place),
            metrics.counter("output_error", place)
        )
        latency = metrics.timing("output_latency_ns", place)
        // Counts what an output refuses; none of the stand-in's outputs does.
        _ = metrics.counter("output_rejected", place)
    }

    /// What `/ready` says.
    var status: ConnectionStatus { state.withLock(\.status) }

    /// How many messages may be on their way at this moment.
    var capacity: Int { state.withLock(\.hasBeenActive) ? sink.backlog + sink.slots : sink.backlog }

    /// Keeps the output connected until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            guard await connect() else { return }
            guard await broken.pass() else { return }
            broken.close()
        }
    }

    /// Ends the connection for good.
    func close() async {
        state.withLock { $0.status = .lost }
        await sink.close()
    }

    /// Waits for the first connection, or until the task is cancelled.
    func waitUntilActive() async {
        _ = await hasBeenActive.pass()
    }

    /// Sends one message, once there is a connection, and over as many connections as it takes.
    ///
    /// A message that fails is given up, as the real outputs do with inputs that cannot send it again.
    func send(_ message: FlowMessage) async {
        while await connected.pass() {
            let start = ContinuousClock.now
            do throws(FlowFault) {
                try await sink.write(message)
                counters.sent.increment()
                counters.batches.increment()
                latency.record(ContinuousClock.now - start)
                return
            } catch {
                switch error {
                case .failed(let reason):
                    counters.errors.increment()
                    logger.error("Failed to send message to \(typeName): \(reason)")
                    return
                case .notConnected: lose()
                }
            }
        }
    }

    /// Counts the loss of a connection, whichever of the messages under way finds it first.
    private func lose() {
        state.withLock { state in
            guard state.status.isConnected else { return }
            if sink.isReloaded { connection.up.increment() } else { connection.lost.increment() }
            state.status = .lost
            connected.close()
            broken.open()
        }
    }

    /// Connects, however often it takes.
    ///
    /// - Returns: false where the task was cancelled instead
    private func connect() async -> Bool {
        var pauses = retries
        while !Task.isCancelled {
            do throws(StandinError) {
                try await sink.connect()
                becomeActive()
                return true
            } catch {
                guard !Task.isCancelled else { return false }
                state.withLock { $0.status.error = error.message }
                logger.error("Failed to connect to \(typeName): \(error)")
                connection.failed.increment()
                // A cancelled pause ends the loop.
                try? await Task.sleep(for: pauses.next())
            }
        }
        return false
    }
    private func becomeActive() {
        connection.up.increment()
        let isFirst = state.withLock { state in
            state.status = ConnectionStatus(isConnected: true)
            defer { state.hasBeenActive = true }
            return !state.hasBeenActive
        }
        // A reconnect is not logged.
        if isFirst { logger.info("Output type \(typeName) is now active") }
        hasBeenActive.open()
        connected.open()
    }
}
