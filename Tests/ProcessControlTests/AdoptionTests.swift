import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("ProcessReactor: adoption", .timeLimit(.minutes(1)))
struct AdoptionTests {
    private let reactor: ProcessReactor
    private let directory: TemporaryDirectory

    init() throws {
        reactor = try ProcessReactor()
        directory = try TemporaryDirectory()
    }

    @Test("over ten kills of the gateway a child keeps its pid, and no line is lost or comes twice")
    func tenRounds() async throws {
        let typist = Typist(in: directory)
        let ear = try await typist.listen(on: reactor)
        let records = directory.path.appending("records")
        var pids: Set<Substring> = []
        var starts = 0
        var next = 0
        for round in 0...10 {
            let gateway = Watched()
            let process = try await gateway.start(LeftChild.gateway(typist.command, records: records), on: reactor)
            // What was written while no gateway ran, and what is written now.
            let expected = next + (round == 0 ? 20 : 220)
            try typist.order(lines: 20)
            _ = try await typist.report()
            var isWatched = false
            while next < expected || !isWatched {
                let words = try await gateway.line().split(separator: " ")
                switch words[0] {
                case "out":
                    #expect(Int(words[1]) == next)
                    next += 1
                case "started", "adopted":
                    pids.insert(words[1])
                    starts += words[0] == "started" ? 1 : 0
                    isWatched = true
                default:
                    #expect(words[0] == "notified")
                }
            }
            Glibc.kill(process.pid, SIGKILL)
            _ = try await gateway.exit()
            try typist.order(lines: 200)
            #expect(try await typist.report() == expected + 200)
        }
        #expect(pids.count == 1)
        #expect(starts == 1)
        #expect(TemporaryDirectory.entries(of: records).count == 1)
        let left = try await StrayCleaner(directory: ChildRecordDirectory(path: records)).cleanUp(grace: .seconds(1))
        #expect(left.map(\.outcome) == [.terminated(processes: 1)])
        reactor.kill(ear)
    }

    @Test("what has left an adopted child's group ends with it")
    func escapee() async throws {
        let script = """
            (setsid sh -c 'echo $$ > \(directory.path)/pid; echo >&5; exec sleep 1000' &)
            exec sleep 1001
            """
        let left = try await LeftChild(["/bin/sh", "-c", script], in: directory, on: reactor)
        let escapee = try directory.number(in: "pid")
        #expect(try ProcStat.read(pid: escapee)?.isDead == false)
        let watched = Watched()
        let child = try await watched.adopt(left, on: reactor)
        reactor.terminate(child)
        #expect(try await watched.exit().stopRequested)
        #expect(try ProcStat.read(pid: escapee)?.isDead != false)
    }

    @Test("a child that writes more than its pipe holds waits for the next gateway, and loses nothing")
    func fullPipe() async throws {
        let typist = Typist(in: directory)
        let ear = try await typist.listen(on: reactor)
        let left = try await LeftChild(typist.command, in: directory, on: reactor)
        let count = 300_000
        try typist.order(lines: count)
        let watched = Watched()
        let child = try await watched.adopt(left, on: reactor)
        for number in 0..<count {
            let line = try await watched.line()
            if line != "\(number)" {
                Issue.record("line \(number) is \(line)")
                break
            }
        }
        #expect(try await typist.report() == count)
        reactor.kill(child)
        _ = try await watched.exit()
        reactor.kill(ear)
    }

    @Test("the death of an adopted child is noticed; its last words arrive, its record and its group go")
    func death() async throws {
        let script = """
            trap 'echo last; printf words; kill -KILL $$' HUP
            sleep 1000 &
            echo $! > \(directory.path)/pid
            echo >&5
            while :; do wait; done
            """
        let left = try await LeftChild(["/bin/sh", "-c", script], in: directory, on: reactor)
        let watched = Watched()
        let adopted = try await watched.adopt(left, on: reactor)
        #expect(adopted.pid == left.pid)
        reactor.signal(.hangup, to: adopted)
        let exit = try await watched.exit()
        #expect(exit.status == .unknown)
        #expect(!exit.stopRequested)
        #expect(watched.reportedExits == 1)
        #expect(await watched.rest() == ["last", "words"])
        #expect(left.recorded.isEmpty)
        #expect(try left.isGone)
        #expect(try ProcStat.read(pid: directory.number(in: "pid"))?.isDead != false)
    }

    @Test("an adopted child stops on request, and by force with its whole group", arguments: [false, true])
    func stop(isStubborn: Bool) async throws {
        let trap = isStubborn ? "trap '' TERM;" : ""
        let script = "\(trap) sleep 1000 & echo $! > \(directory.path)/pid; echo >&5; while :; do wait; done"
        let left = try await LeftChild(["/bin/sh", "-c", script], in: directory, on: reactor)
        let watched = Watched()
        let child = try await watched.adopt(left, on: reactor)
        let grandchild = try directory.number(in: "pid")
        reactor.terminate(child)
        if isStubborn {
            reactor.kill(child)
        }
        let exit = try await watched.exit()
        #expect(exit.stopRequested)
        #expect(try left.isGone)
        #expect(try ProcStat.read(pid: grandchild)?.isDead != false)
        #expect(left.recorded.isEmpty)
    }

    @Test("a signal reaches the leader of an adopted group, and uptime counts from its start")
    func signal() async throws {
        let before = ContinuousClock.now
        let script = "trap 'echo reloaded' HUP; echo >&5; while :; do sleep 1000 & wait $!; done"
        let left = try await LeftChild(["/bin/sh", "-c", script], in: directory, on: reactor)
        let after = ContinuousClock.now
        let watched = Watched()
        let child = try await watched.adopt(left, on: reactor)
        reactor.signal(.hangup, to: child)
        #expect(try await watched.line() == "reloaded")
        let tick = Duration.milliseconds(10)
        #expect(child.startedAt > before - tick)
        #expect(child.startedAt < after)
        reactor.kill(child)
        _ = try await watched.exit()
    }

    @Test("a child is adopted once, and not after its end")
    func once() async throws {
        let left = try await LeftChild(LeftChild.sleeper, in: directory, on: reactor)
        let found = try #require(try await left.found().adoptable.first)
        let watched = Watched()
        let child = try await watched.adopt(found, on: reactor)
        await #expect(throws: ProcessControlError.self) { try await Watched().adopt(found, on: reactor) }
        reactor.kill(child)
        _ = try await watched.exit()
        await #expect {
            try await Watched().adopt(found, on: reactor)
        } throws: {
            ($0 as? ProcessControlError)?.code == .adoptionRefused
        }
    }

    @Test("a reactor that ends takes its adopted children with it")
    func shutdown() async throws {
        let left = try await LeftChild(["/bin/sh", "-c", "echo >&5; sleep 1000; true"], in: directory, on: reactor)
        let second = try ProcessReactor(records: left.records)
        let watched = Watched()
        _ = try await watched.adopt(left, on: second)
        await second.shutdown()
        _ = try await watched.exit()
        #expect(try left.isGone)
        #expect(left.recorded.isEmpty)
    }
}
