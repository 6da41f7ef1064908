import ProcessControl
import SystemPackage

/// A program that a test runs to its end.
enum Program {
    /// What a program has left.
    struct Result: Sendable {
        let status: ProcessExit.Status
        let output: [OutputLine]

        /// All that was written to one stream.
        func text(_ stream: OutputLine.Stream) -> String {
            output.filter { $0.stream == stream }.map(\.text).joined(separator: "\n")
        }
    }

    /// Runs a program and waits for its end.
    static func run(
        _ executable: FilePath,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> Result {
        let reactor = try ProcessReactor()
        let (events, sink) = AsyncStream.makeStream(of: Event.self)
        _ = try await reactor.spawn(
            ProcessSpec(
                executable: executable,
                arguments: arguments,
                environment: ProcessEnvironment(declared: environment).variables
            ),
            onOutput: { sink.yield(.line($0)) },
            onExit: { sink.yield(.end($0.status)) }
        )
        var output: [OutputLine] = []
        for await event in events {
            switch event {
            case .line(let line): output.append(line)
            case .end(let status): return Result(status: status, output: output)
            }
        }
        return Result(status: .unknown, output: output)
    }

    private enum Event: Sendable {
        case line(OutputLine)
        case end(ProcessExit.Status)
    }
}
