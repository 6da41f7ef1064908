import JSONLogging
import Logging
import ProcessControl
import ServiceLifecycle
import Workers

/// Ends the children of an earlier gateway that no worker has claimed: nothing runs for long that nobody watches.
struct UnclaimedChildren: Service {
    /// How long a child may wait for its worker, which itself may wait for others to come up.
    private static let patience = Duration.seconds(300)
    /// How long an unclaimed child may take to end.
    private static let grace = Duration.seconds(15)

    let adoptables: Adoptables
    let cleaner: StrayCleaner
    let logger: Logger

    /// Returns at the graceful shutdown, once no unclaimed child is left.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            // A sleep that is cut short means the same: their time is up.
            try? await Task.sleep(for: Self.patience)
        }
        await end()
        try await gracefulShutdown()
    }

    private func end() async {
        let ended = await adoptables.endUnclaimed { [cleaner] in _ = try await cleaner.end([$0], grace: Self.grace) }
        for child in ended {
            logger.warning(
                "Unclaimed child of an earlier gateway ended",
                metadata: ["hierarchy_path": "\(child.childPath)", "pid": .number(child.pid)]
            )
        }
    }
}
