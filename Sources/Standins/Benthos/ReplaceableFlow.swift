import Standins
import Synchronization

/// The running flow of the process, and after a reload of the configuration another one in its place.
final class ReplaceableFlow: Sendable {
    private struct Current {
        var flow: Flow
        var running: Task<Void, Never>?
        var isStopping = false
    }

    /// So long a flow may drain before the next one starts; the real program's limit.
    private static let longestDrain = Duration.seconds(30)

    private let current: Mutex<Current>

    /// Takes a flow that is not running yet.
    ///
    /// - Parameter flow: the first flow
    init(_ flow: Flow) {
        current = Mutex(Current(flow: flow))
    }

    /// The flow that answers now.
    var flow: Flow { current.withLock(\.flow) }

    /// Starts the first flow.
    func start() {
        current.withLock { current in
            current.running = Task { [flow = current.flow] in await flow.run() }
        }
    }

    /// Stops the running flow and starts another one; while the process stops, nothing happens.
    ///
    /// - Parameter flow: the new flow
    func replace(with flow: Flow) async {
        guard let running = current.withLock({ $0.isStopping ? nil : $0.running }) else { return }
        self.flow.close()
        let limit = Task {
            // Cancelled where the flow ends in time.
            if (try? await Task.sleep(for: Self.longestDrain)) != nil { running.cancel() }
        }
        await running.value
        limit.cancel()
        current.withLock { current in
            guard !current.isStopping else { return }
            current.flow = flow
            current.running = Task { await flow.run() }
        }
    }

    /// Waits for the end of the flow that runs now.
    func ended() async {
        await current.withLock(\.running)?.value
    }

    /// Takes no more messages; what is under way goes on, and no other flow is started.
    func close() {
        current.withLock { current in
            current.isStopping = true
            current.flow.close()
        }
    }

    /// Gives up what is under way.
    func giveUp() {
        current.withLock { $0.running?.cancel() }
    }
}
