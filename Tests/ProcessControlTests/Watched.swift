import ProcessControl
import Synchronization
import SystemPackage

/// What a child says and how it ends, to be awaited by a test.
final class Watched: Sendable {
    let lines: AsyncStream<OutputLine>
    private let exits: AsyncStream<ProcessExit>
    private let lineSink: AsyncStream<OutputLine>.Continuation
    private let exitSink: AsyncStream<ProcessExit>.Continuation
    private let notifications: AsyncStream<Void>
    private let notificationSink: AsyncStream<Void>.Continuation
    private let exitCount = Mutex(0)
    private let notificationCount = Mutex(0)

    init() {
        (lines, lineSink) = AsyncStream.makeStream()
        (exits, exitSink) = AsyncStream.makeStream()
        (notifications, notificationSink) = AsyncStream.makeStream()
    }

    /// How often the end was reported.
    var reportedExits: Int { exitCount.withLock { $0 } }

    /// How often a notification was reported.
    var reportedNotifications: Int { notificationCount.withLock { $0 } }

    func start(
        _ spec: ProcessSpec,
        on reactor: ProcessReactor,
        recordedAs childPath: String? = nil
    ) async throws -> ChildProcess {
        try await reactor.spawn(
            spec,
            recordedAs: childPath,
            onOutput: { [lineSink] in lineSink.yield($0) },
            onNotify: { [self] in noteNotification() },
            onExit: { [self] in note($0) }
        )
    }

    @discardableResult
    func adopt(_ child: AdoptableChild, on reactor: ProcessReactor) async throws -> ChildProcess {
        try await reactor.adopt(
            child,
            onOutput: { [lineSink] in lineSink.yield($0) },
            onNotify: { [self] in noteNotification() },
            onExit: { [self] in note($0) }
        )
    }

    /// Adopts the only child that a killed gateway has left.
    func adopt(_ left: LeftChild, on reactor: ProcessReactor) async throws -> ChildProcess {
        guard let child = try await left.found().adoptable.first else {
            throw Missing.child
        }
        return try await adopt(child, on: reactor)
    }

    private func noteNotification() {
        notificationCount.withLock { $0 += 1 }
        notificationSink.yield()
    }

    private func note(_ exit: ProcessExit) {
        exitCount.withLock { $0 += 1 }
        exitSink.yield(exit)
        lineSink.finish()
    }

    /// The notification.
    func notification() async throws {
        for await _ in notifications {
            return
        }
        throw Missing.notification
    }

    /// The lines up to the end.
    func rest() async -> [String] {
        var texts: [String] = []
        for await line in lines {
            texts.append(line.text)
        }
        return texts
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
        case notification
        case child
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
