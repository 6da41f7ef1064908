import JSONLogging
import Logging
import ProcessControl
import ServiceLifecycle
import Supervision

/// Runs the supervision tree until graceful shutdown, and bounds how long that takes.
struct TreeService: Service {
    private enum Ending {
        case treeEnded
        case forced
    }

    let tree: SupervisionTree<MonotonicClock>
    let reactor: ProcessReactor
    let shutdownTimeout: Duration
    /// What the log says of the gateway that starts.
    let announcement: Logger.Metadata
    let logger: Logger

    /// Returns once nothing of the tree runs; children that outlast the shutdown timeout are killed.
    func run() async throws {
        // Services run after the handlers of signals are installed: whoever reads this may send one.
        logger.notice("Gateway started", metadata: announcement)
        try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                try await tree.run()
                return .treeEnded
            }
            group.addTask {
                try await gracefulShutdown()
                logger.notice("Gateway is stopping", metadata: ["timeout_ms": .milliseconds(shutdownTimeout)])
                await tree.shutDown()
                // The limit of a stop that hangs; ended by cancellation as soon as the tree has stopped.
                try await Task.sleep(for: shutdownTimeout)
                logger.error("Children did not stop in time, killing them")
                await reactor.shutdown()
                return .forced
            }
            while let ending = try await group.next() {
                if ending == .treeEnded { break }
            }
            group.cancelAll()
        }
    }
}
