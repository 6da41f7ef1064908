import ProcessControl
import ServiceLifecycle

/// Keeps the gateway's resident memory to what it uses: much of the program runs at the start and never again, but would
/// stay in memory for as long as the box has enough of it.
struct MemoryService: Service {
    /// After this time the start is over.
    private static let startUp = Duration.seconds(10)
    /// Often enough for memory to follow its use, too rarely to cost anything.
    private static let interval = Duration.seconds(60)

    /// Gives back memory until graceful shutdown.
    func run() async {
        await cancelWhenGracefulShutdown {
            var pause = Self.startUp
            // A sleep that is cut short is the end.
            while (try? await Task.sleep(for: pause)) != nil {
                OwnMemory.release()
                pause = Self.interval
            }
        }
    }
}
