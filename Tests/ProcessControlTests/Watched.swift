import ProcessControl
import Synchronization
import SystemPackage

/// What a child says and how it ends, to be awaited by a test.
final class Watched: Sendable {
    let lines: AsyncStream<OutputLine>
    private let exits: AsyncStream<ProcessExit>
    private let lineSink: AsyncStream<OutputLine>.Continuation
    private let exitSink: AsyncStream<ProcessExit>.Continuation
    private let exitCount = Mutex(0)

    init() {
        (lines, lineSink) = AsyncStream.makeStream()
        (exits, exitSink) = AsyncStream.makeStream()
    }

    /// How often the end was reported.
    var reportedExits: Int { exitCount.withLock { $0 } }

    func start(
        _ spec: ProcessSpec,
        on reactor: ProcessReactor,
        recordedAs childPath: String? = nil
    ) async throws -> ChildProcess {
        try await reactor.spawn(
            spec,
            recordedAs: childPath,
            onOutput: { [lineSink] in lineSink.yield($0) },
            onExit: { [self] exit in
                exitCount.withLock { $0 += 1 }
                exitSink.yield(exit)
                lineSink.finish()
            }
        )
    }

    /// The next line.
    func line() async throws -> String {
        for await line in lines {
            return line.text
        }
        throw Missing.line
    }

    /// The end.
    func exit() async throws -> ProcessExit {
        for await exit in exits {
            return exit
        }
        throw Missing.exit
    }

    enum Missing: Error {
        case line
        case exit
    }

    /// Runs a program to its end.
    static func run(
        _ spec: ProcessSpec,
        on reactor: ProcessReactor
    ) async throws -> (exit: ProcessExit, lines: [OutputLine]) {
        let watched = Watched()
        _ = try await watched.start(spec, on: reactor)
        let exit = try await watched.exit()
        var lines: [OutputLine] = []
        for await line in watched.lines {
            lines.append(line)
        }
        return (exit, lines)
    }
}

extension ProcessSpec {
    /// A shell script.
    static func shell(_ script: String, arguments: [String] = []) -> ProcessSpec {
        ProcessSpec(
            executable: "/bin/sh",
            arguments: ["-c", script, "sh"] + arguments,
            environment: ["PATH": ProcessEnvironment.defaultPath]
        )
    }
}
