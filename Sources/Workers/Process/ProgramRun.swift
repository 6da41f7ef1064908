import ProcessControl
import Synchronization

/// A program that is run to its end for what it says, such as a check of a configuration.
struct ProgramRun: Sendable {
    /// How it ended, and what it has said.
    struct Result: Sendable, Equatable {
        /// Exit code or signal.
        let status: ProcessExit.Status
        /// The first lines of both its streams, at most ``ProgramRun/lineLimit`` with at most
        /// ``ProgramRun/lineLength`` characters each.
        let lines: [String]
    }

    /// How many lines are kept: the first errors are those that matter.
    static let lineLimit = 20
    /// How much of a line is kept.
    static let lineLength = 500

    let reactor: ProcessReactor

    /// Runs a program to its end; it is killed when the task is cancelled.
    ///
    /// - Parameters:
    ///   - spec: what to run.
    ///   - record: the name under which a later gateway finds it, should this one be killed meanwhile.
    /// - Returns: how it ended.
    /// - Throws: `ProcessControlError` when it cannot be started, `CancellationError` when the task was cancelled.
    func run(_ spec: ProcessSpec, recordedAs record: String) async throws -> Result {
        var spec = spec
        // Nobody would wait for its end.
        spec.onGatewayRestart = .stop
        let lines = Mutex<[String]>([])
        let (ends, end) = AsyncStream.makeStream(of: ProcessExit.self, bufferingPolicy: .bufferingNewest(1))
        let child = try await reactor.spawn(
            spec,
            recordedAs: record,
            onOutput: { line in
                lines.withLock { if $0.count < Self.lineLimit { $0.append(String(line.text.prefix(Self.lineLength))) } }
            },
            onExit: {
                end.yield($0)
                end.finish()
            }
        )
        for await exit in ends {
            return Result(status: exit.status, lines: lines.withLock { $0 })
        }
        // The stream ends without an exit only for a cancelled task.
        reactor.kill(child)
        throw CancellationError()
    }
}
