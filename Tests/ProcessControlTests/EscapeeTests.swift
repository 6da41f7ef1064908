import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("Processes that leave their child's group", .timeLimit(.minutes(1)))
struct EscapeeTests {
    private let reactor: ProcessReactor
    private let directory: TemporaryDirectory

    init() throws {
        reactor = try ProcessReactor()
        directory = try TemporaryDirectory()
    }

    private static let doubleFork = "(setsid sh -c 'echo $$; exec sleep 1000' &); exec sleep 1001"
    private static let stubborn = """
        (setsid sh -c 'trap "" TERM; echo $$; while :; do sleep 1000; done' &); exec sleep 1001
        """
    /// The escapee has no environment, but its parents live until the stop.
    private static let bare = "setsid env -i /bin/sh -c 'echo $$; exec /bin/sleep 1000' & exec sleep 1001"
    /// Sixty-three shells, each in a session of its own.
    private static let bomb = """
        export S='echo $$
        if [ $1 -gt 0 ]; then setsid sh -c "$S" sh $(($1-1)) & setsid sh -c "$S" sh $(($1-1)) & fi
        sleep 1000 & trap "" TERM; wait'
        sh -c "$S" sh 5 & exec sleep 1001
        """

    /// A script, how many pids it prints, and how it comes to its end.
    struct Case: Sendable {
        let script: String
        let processes: Int
        let ending: String
        let says: String
    }

    private static let cases =
        ["terminate", "stop", "kill", "crash"].map { Case(doubleFork, 1, $0) }
        + ["stop", "kill", "crash"].map { Case(stubborn, 1, $0) }
        + ["terminate", "stop", "kill"].map { Case(bare, 1, $0) }
        + ["stop", "kill"].map { Case(bomb, 63, $0) }

    @Test("they are gone when the child's end is reported, and nobody else's are, without a cgroup", arguments: cases)
    func orphans(of scenario: Case) async throws {
        let spec = try Fixture.spec("contain", "", scenario.ending, "\(scenario.processes)", scenario.script)
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(lines.map(\.text) == [scenario.says, "left: 0", "bystander lives: true"])
    }

    @Test(
        "they are gone when the child's end is reported, and so is its cgroup",
        .enabled(if: DelegatedCgroup.isAvailable, "\(DelegatedCgroup.requirement)"),
        arguments: cases
    )
    func members(of scenario: Case) async throws {
        let cgroup = try DelegatedCgroup()
        let spec = cgroup.enclose(
            try Fixture.spec(
                "contain",
                directory.path.string,
                scenario.ending,
                "\(scenario.processes)",
                scenario.script
            )
        )
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(lines.map(\.text) == [scenario.says, "left: 0", "bystander lives: true", "groups: 1"])
        #expect(cgroup.groups == ["gateway"])
    }

    @Test("a child that closes its output is not taken for dead")
    func closedOutput() async throws {
        let fifo = directory.path.appending("gate").string
        mkfifo(fifo, 0o600)
        let watched = Watched()
        let script = "echo up; exec >&- 2>&-; read x < \"$1\"; exit 5"
        let child = try await watched.start(.shell(script, arguments: [fifo]), on: reactor)
        #expect(try await watched.line() == "up")
        // Opens as soon as the child does, and by then the child has closed its output.
        let gate = open(fifo, O_WRONLY | O_CLOEXEC)
        let (_, lines) = try await Watched.run(.shell("echo other"), on: reactor)
        #expect(lines.map(\.text) == ["other"])
        #expect(watched.reportedExits == 0)
        #expect(try ProcStat.read(pid: child.pid)?.isDead == false)
        close(gate)
        #expect(try await watched.exit().status == .exited(code: 5))
    }

    @Test("output that never ends a line takes bounded memory")
    func flood() async throws {
        let (_, lines) = try await Watched.run(Fixture.spec("flood", "200000000"), on: reactor)
        #expect(lines.map(\.text) == ["seen: 200000000", "bounded: true"])
    }
}

extension EscapeeTests.Case: CustomTestStringConvertible {
    init(_ script: String, _ processes: Int, _ ending: String) {
        let says =
            switch ending {
            case "kill": "SIGKILL, stop requested: true"
            case "crash": "SIGKILL, stop requested: false"
            default: "SIGTERM, stop requested: true"
            }
        self.init(script: script, processes: processes, ending: ending, says: says)
    }

    var testDescription: String { "\(ending): \(script)" }
}
