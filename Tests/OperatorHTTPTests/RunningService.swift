import Logging
import OperatorHTTP
import ServiceLifecycle

/// Runs a service while a test's body runs, then shuts it down gracefully and waits for its end.
func running<Result: Sendable>(
    _ service: some Service,
    _ body: () async throws -> Result
) async throws -> Result {
    let group = ServiceGroup(
        configuration: .init(
            services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
            logger: .silent
        )
    )
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        let result: Result
        do {
            result = try await body()
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}

extension Logger {
    /// A logger that says nothing.
    static var silent: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }
}
