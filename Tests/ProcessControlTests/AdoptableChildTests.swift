import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("StrayCleaner: what may be adopted", .timeLimit(.minutes(1)))
struct AdoptableChildTests {
    private let reactor: ProcessReactor
    private let directory: TemporaryDirectory

    init() throws {
        reactor = try ProcessReactor()
        directory = try TemporaryDirectory()
    }

    @Test("what is wanted is left as it is; a later end takes it and its record")
    func wanted() async throws {
        let left = try await LeftChild(LeftChild.sleeper, in: directory, on: reactor)
        let found = try await left.found()
        #expect(found.cleaned.isEmpty)
        let child = try #require(found.adoptable.first)
        #expect(child.childPath == "plant/broker")
        #expect(child.pid == left.pid)
        #expect(try !left.isGone)
        #expect(left.recorded.count == 1)
        let ended = try await StrayCleaner(directory: left.records).end([child], grace: .seconds(1))
        #expect(ended.map(\.outcome) == [.terminated(processes: 1)])
        #expect(try left.isGone)
        #expect(left.recorded.isEmpty)
    }

    @Test("a child that would be started differently today is ended")
    func changed() async throws {
        let left = try await LeftChild(LeftChild.sleeper, in: directory, on: reactor)
        var spec = ProcessSpec(
            executable: "/bin/sh",
            arguments: Array(LeftChild.sleeper.dropFirst()),
            environment: ["PATH": ProcessEnvironment.defaultPath]
        )
        spec.onGatewayRestart = .adopt
        spec.notifyDescriptor = 5
        let child = try #require(try await left.found().adoptable.first)
        #expect(child.matches(spec))
        spec.environment["PLC"] = "10.0.0.5"
        #expect(!child.matches(spec))
        let found = try await left.found(adopting: { [spec] in $0.matches(spec) })
        #expect(found.adoptable.isEmpty)
        #expect(found.cleaned.map(\.outcome) == [.terminated(processes: 1)])
        #expect(try left.isGone)
    }

    @Test("a child that was not started to be adopted is ended")
    func notAdoptable() async throws {
        let records = try ChildRecordDirectory(path: directory.path.appending("records"))
        let gateway = Watched()
        let process = try await gateway.start(Fixture.spec("gateway", records.path.string), on: reactor)
        while try await gateway.line() != "ready" {}
        Glibc.kill(process.pid, SIGKILL)
        _ = try await gateway.exit()
        let found = try await StrayCleaner(directory: records).cleanUp(grace: .zero, adopting: { _ in true })
        #expect(found.adoptable.isEmpty)
        #expect(found.cleaned.count == 4)
    }

    @Test("a wrapper that has become another program is adopted as that, even after its file was replaced")
    func wrapper() async throws {
        let program = directory.path.appending("program")
        let copy = try await Watched.run(
            ProcessSpec(executable: "/bin/cp", arguments: ["/bin/sh", program.string]),
            on: reactor
        )
        #expect(copy.exit.status == .exited(code: 0))
        let command = ["/bin/sh", "-c", "exec \(program) -c 'echo >&5; read x < /dev/stderr'"]
        let left = try await LeftChild(command, in: directory, on: reactor)
        unlink(program.string)
        _ = try directory.write("program", "another")
        let found = try await left.found()
        #expect(found.adoptable.map(\.executable) == [program.string])
        _ = try await StrayCleaner(directory: left.records).end(found.adoptable, grace: .zero)
        #expect(try left.isGone)
    }

    @Test("a process with the recorded pid and start time that runs another program is not adopted but ended")
    func otherExecutable() async throws {
        let left = try await LeftChild(LeftChild.sleeper, in: directory, on: reactor)
        try left.rewrite { $0.replacingLastExecutable(by: "/usr/bin/another") }
        let found = try await left.found()
        #expect(found.adoptable.isEmpty)
        #expect(found.cleaned.map(\.outcome) == [.terminated(processes: 1)])
    }

    @Test("a process that has a recorded pid but another start time is neither adopted nor touched")
    func reusedPid() async throws {
        let left = try await LeftChild(LeftChild.sleeper, in: directory, on: reactor)
        let original = try #require(try await left.found().adoptable.first)
        let whole = try left.rewrite { content in
            content.split(separator: " ", omittingEmptySubsequences: false)
                .map { $0 == "\(original.startTicks)" ? "\(original.startTicks - 1)" : $0 }
                .joined(separator: " ")
        }
        // A marker would prove it all the same.
        try left.rewrite { $0.withoutMarker }
        let found = try await left.found()
        #expect(found.adoptable.isEmpty)
        #expect(found.cleaned.map(\.outcome) == [.pidReused])
        #expect(try !left.isGone)
        _ = try directory.write("records/again.child", whole)
        _ = try await StrayCleaner(directory: left.records).cleanUp(grace: .zero)
        #expect(try left.isGone)
    }

    @Test("a child of an earlier boot is not adopted")
    func earlierBoot() async throws {
        let left = try await LeftChild(LeftChild.sleeper, in: directory, on: reactor)
        let whole = try left.rewrite { content in
            content.split(separator: " ", omittingEmptySubsequences: false)
                .map { $0 == left.records.bootIdentifier ? "another" : $0 }
                .joined(separator: " ")
        }
        let found = try await left.found()
        #expect(found.adoptable.isEmpty)
        #expect(found.cleaned.map(\.outcome) == [.earlierBoot])
        #expect(try !left.isGone)
        _ = try directory.write("records/again.child", whole)
        _ = try await StrayCleaner(directory: left.records).cleanUp(grace: .zero)
        #expect(try left.isGone)
    }

    @Test("of two children of the same path only the youngest is adopted, the other is ended")
    func twins() async throws {
        let older = try await LeftChild(LeftChild.sleeper, in: directory, on: reactor)
        let content = try older.rewrite { $0 }
        let names = older.recorded
        let hidden = directory.path.appending("hidden")
        rename(older.records.path.appending(names[0]).string, hidden.string)
        // Start times count in ticks: two children of the same tick could not be told apart.
        let firstTick = try #require(try ProcStat.read(pid: older.pid)?.startTicks)
        while try await Self.presentTick(on: reactor) == firstTick {}
        let younger = try await LeftChild(LeftChild.sleeper, in: directory, on: reactor)
        _ = try directory.write("records/older.child", content)
        let found = try await younger.found()
        #expect(found.adoptable.map(\.pid) == [younger.pid])
        #expect(found.cleaned.map(\.pid) == [older.pid])
        #expect(try older.isGone)
        _ = try await StrayCleaner(directory: younger.records).cleanUp(grace: .zero)
    }

    /// The start time of a process that is started now.
    private static func presentTick(on reactor: ProcessReactor) async throws -> UInt64 {
        let watched = Watched()
        let child = try await watched.start(ProcessSpec(executable: "/bin/true"), on: reactor)
        _ = try await watched.exit()
        return child.startTicks
    }
}

extension LeftChild {
    /// Changes the only record; returns what it was.
    @discardableResult
    fileprivate func rewrite(_ change: (String) -> String) throws -> String {
        let file = records.path.appending(recorded[0])
        let descriptor = try FileDescriptor.open(file, .readWrite, options: .closeOnExec)
        return try descriptor.closeAfter {
            var content = [UInt8](repeating: 0, count: 16_384)
            let count = try content.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            let text = String(decoding: content[..<count], as: UTF8.self)
            try descriptor.resize(to: 0)
            try descriptor.writeAll(toAbsoluteOffset: 0, change(text).utf8)
            return text
        }
    }
}

extension String {
    /// A record that does not know its child's marker.
    fileprivate var withoutMarker: String {
        var lines = split(separator: "\n").map(String.init)
        lines[0] = lines[0].split(separator: " ").prefix(4).joined(separator: " ")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Another executable in the last line of a record.
    fileprivate func replacingLastExecutable(by path: String) -> String {
        var lines = split(separator: "\n").map(String.init)
        guard var terms = lines.last.flatMap({ AdoptionTerms(line: $0) }) else {
            return self
        }
        terms.executable = path
        lines.append(terms.line)
        return lines.joined(separator: "\n")
    }
}
