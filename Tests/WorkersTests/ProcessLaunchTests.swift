import AsyncHTTPClient
import Glibc
import NIOPosix
import Probes
import Supervision
import Synchronization
import SystemPackage
import Testing

@testable import ProcessControl
@testable import Workers

@Suite("ProcessLaunch: children of an earlier gateway", .timeLimit(.minutes(1)))
struct ProcessLaunchTests {
    private let notes = ProcessNotes()
    private let path = HierarchyPath(root: "x")
    private let records: ChildRecordDirectory
    /// What an earlier gateway has started lives as long as this.
    private let earlier: ProcessReactor
    private let reactor: ProcessReactor
    private let adoptables = Adoptables()

    init() throws {
        let directory = FilePath("/tmp/gatewarden-launch-\(UInt64.random(in: 0 ... .max))")
        records = try ChildRecordDirectory(path: directory)
        earlier = try ProcessReactor(records: records)
        reactor = try ProcessReactor(records: records)
    }

    /// A process that says that it is up and ends by itself when asked to, unless the script prevents it.
    private func spec(_ script: String = "") -> ProcessSpec {
        var spec = ProcessSpec(
            executable: "/bin/sh",
            arguments: ["-c", "\(script) echo up; read x < /dev/stderr"],
            environment: ["PATH": ProcessEnvironment.defaultPath]
        )
        spec.onGatewayRestart = .adopt
        return spec
    }

    /// Starts a process as an earlier gateway would, and finds it; returns its pid.
    private func leave(_ spec: ProcessSpec) async throws -> Int32 {
        let (lines, line) = AsyncStream.makeStream(of: OutputLine.self)
        let child = try await earlier.spawn(
            spec,
            recordedAs: path.description,
            onOutput: { line.yield($0) },
            onExit: { _ in }
        )
        for await _ in lines { break }
        let found = try await StrayCleaner(directory: records).cleanUp(grace: .zero, adopting: { _ in true })
        #expect(found.adoptable.map(\.pid) == [child.pid])
        adoptables.add(found.adoptable)
        return child.pid
    }

    private func launch(_ spec: ProcessSpec, stopTimeout: Duration = .seconds(1000)) -> ProcessLaunch {
        let programs = ProgramDependencies(
            reactor: reactor,
            probers: ProberFactory(
                client: HTTPClient.shared,
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
                reactor: reactor
            ),
            listener: notes,
            adoptables: adoptables
        )
        return ProcessLaunch(
            path: path,
            dependencies: programs,
            spec: spec,
            stopTimeout: stopTimeout,
            onOutput: { _ in },
            onNotify: {},
            onExit: { _ in }
        )
    }

    private func isRunning(_ pid: Int32) throws -> Bool {
        try ProcStat.read(pid: pid)?.isDead == false
    }

    /// Ends all processes, and takes the records away.
    private func finish() async {
        await reactor.shutdown()
        await earlier.shutdown()
        rmdir(records.path.string)
    }

    @Test("the same process is taken over once, and nothing is started beside it")
    func same() async throws {
        let pid = try await leave(spec())
        #expect(adoptables.hasChild(at: path))
        let launched = try await launch(spec()).run()
        #expect(launched.isAdopted && launched.child.pid == pid)
        #expect(!adoptables.hasChild(at: path))
        #expect(try isRunning(pid))
        await finish()
    }

    @Test("another process is ended before the new one is started", arguments: ["", "trap '' TERM;"])
    func other(script: String) async throws {
        let pid = try await leave(spec(script))
        var wanted = spec(script)
        wanted.document = "changed"
        let launched = try await launch(wanted, stopTimeout: script.isEmpty ? .seconds(1000) : .zero).run()
        #expect(!launched.isAdopted && launched.child.pid != pid)
        #expect(try !isRunning(pid))
        #expect(try isRunning(launched.child.pid))
        await notes.wait { $0 == .superseded(pid) }
        #expect(!adoptables.hasChild(at: path))
        await finish()
    }

    @Test("a process that is not to be adopted any more is ended as well")
    func policy() async throws {
        let pid = try await leave(spec())
        var wanted = spec()
        wanted.onGatewayRestart = .stop
        #expect(try await !launch(wanted).run().isAdopted)
        #expect(try !isRunning(pid))
        await finish()
    }

    @Test("one that has ended meanwhile is started anew, and leaves no record")
    func ended() async throws {
        let pid = try await leave(spec())
        Glibc.kill(pid, SIGKILL)
        while try isRunning(pid) { await Task.yield() }
        let launched = try await launch(spec()).run()
        #expect(!launched.isAdopted)
        #expect(try records.files().count == 1)
        await finish()
    }

    @Test("a launch that was given up does not start beside a process that still ends; the next one waits on")
    func cancelled() async throws {
        let pid = try await leave(spec("trap '' TERM;"))
        var wanted = spec()
        wanted.document = "changed"
        let first = Task { [launch = launch(wanted)] in try await launch.run() }
        await notes.wait { $0 == .superseded(pid) }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(try isRunning(pid) && records.files().count == 1)
        let second = Task { [launch = launch(wanted)] in try await launch.run() }
        Glibc.kill(pid, SIGKILL)
        #expect(try await !second.value.isAdopted)
        #expect(try !isRunning(pid) && records.files().count == 1)
        await finish()
    }

    @Test("what nobody has claimed is ended, and what was claimed is not")
    func unclaimed() async throws {
        let pid = try await leave(spec())
        let cleaner = StrayCleaner(directory: records)
        let ended = await adoptables.endUnclaimed { _ = try await cleaner.end([$0], grace: .seconds(1000)) }
        #expect(ended.map(\.pid) == [pid])
        #expect(try !isRunning(pid) && !adoptables.hasChild(at: path))
        #expect(await adoptables.endUnclaimed { _ in }.isEmpty)
        #expect(try await !launch(spec()).run().isAdopted)
        await finish()
    }
}
