import Logging
import OperatorHTTP
import ServiceLifecycle
import UnixSignals

/// Reloads the configuration on SIGHUP, until graceful shutdown; several that come during a reload count as one.
struct ReloadSignals: Service {
    let reload: ConfigurationReload
    let logger: Logger

    func run() async throws {
        let (requests, request) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
                    request.yield()
                }
                request.finish()
            }
            for await _ in requests.cancelOnGracefulShutdown() { await reloadOnce() }
        }
    }

    private func reloadOnce() async {
        do throws(OperatorError) {
            _ = try await reload.reload(ReloadRequest())
        } catch {
            // A refused configuration is in the log already, with all its problems.
            if error.code == .conflict { logger.warning("Reload refused", metadata: ["error": "\(error)"]) }
        }
    }
}
