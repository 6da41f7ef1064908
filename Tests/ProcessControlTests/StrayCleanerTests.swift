import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("StrayCleaner", .timeLimit(.minutes(1)))
struct StrayCleanerTests {
    private let reactor: ProcessReactor
    private let directory: TemporaryDirectory
    private let records: ChildRecordDirectory

    init() throws {
        reactor = try ProcessReactor()
        directory = try TemporaryDirectory()
        records = try ChildRecordDirectory(path: directory.path)
    }

    @Test(
        "what a killed gateway leaves is ended: politely, by force, where only half of it is left, and what has left it"
    )
    func killedGateway() async throws {
        let gateway = Watched()
        let process = try await gateway.start(Fixture.spec("gateway", directory.path.string), on: reactor)
        var pids: [String: Int32] = [:]
        for await line in gateway.lines {
            let words = line.text.split(separator: " ")
            if words.count < 3 {
                break
            }
            pids[String(words[0])] = Int32(words[1])
        }
        Glibc.kill(process.pid, SIGKILL)
        _ = try await gateway.exit()
        #expect(TemporaryDirectory.entries(of: directory.path).count == 4)
        try kill(try #require(pids["halved"]))

        let cleaned = try await StrayCleaner(directory: records).cleanUp(grace: .seconds(1))

        let outcomes = Dictionary(uniqueKeysWithValues: cleaned.map { ($0.childPath ?? "", $0.outcome) })
        #expect(outcomes["plant/obedient"] == .terminated(processes: 1))
        #expect(outcomes["plant/stubborn"] == .killed(processes: 2))
        #expect(outcomes["plant/halved"] == .terminated(processes: 1))
        #expect(outcomes["plant/left"] == .terminated(processes: 2))
        #expect(pids.count == 5)
        #expect(TemporaryDirectory.entries(of: directory.path).isEmpty)
        for pid in pids.values {
            let stat = try ProcStat.read(pid: pid)
            #expect(stat?.isDead != false)
        }
    }

    @Test("a process that has a recorded pid but another start time is never touched")
    func reusedPid() async throws {
        let watched = Watched()
        let child = try await watched.start(.shell("exec sleep 1000"), on: reactor)
        try writeRecord(pid: child.pid, startTicks: child.startTicks - 1)
        let cleaned = try await StrayCleaner(directory: records).cleanUp(grace: .zero)
        #expect(cleaned.map(\.outcome) == [.pidReused])
        #expect(try ProcStat.read(pid: child.pid)?.isDead == false)
        #expect(TemporaryDirectory.entries(of: directory.path).isEmpty)
        reactor.kill(child)
        _ = try await watched.exit()
    }

    @Test("a record of an earlier boot is removed, and its pid is not touched")
    func earlierBoot() async throws {
        let watched = Watched()
        let child = try await watched.start(.shell("exec sleep 1000"), on: reactor)
        try writeRecord(pid: child.pid, startTicks: child.startTicks, boot: "another")
        let cleaned = try await StrayCleaner(directory: records).cleanUp(grace: .zero)
        #expect(cleaned.map(\.outcome) == [.earlierBoot])
        #expect(try ProcStat.read(pid: child.pid)?.isDead == false)
        reactor.kill(child)
        _ = try await watched.exit()
    }

    @Test("torn, foreign and outdated records are reported and removed")
    func defects() async throws {
        _ = try directory.write("a.child", "")
        _ = try directory.write("b.child", ChildRecord.header(bootIdentifier: "x", childPath: "b", executable: "/b"))
        _ = try directory.makeDirectory("c.child")
        try writeRecord(pid: Int32.max, startTicks: 1, name: "d.child")
        _ = try directory.write("kept.txt", "not a record")
        let cleaned = try await StrayCleaner(directory: records).cleanUp(grace: .zero)
        #expect(cleaned.count == 4)
        #expect(cleaned.contains { $0.childPath == "b" && $0.outcome == .neverStarted })
        #expect(cleaned.contains { $0.pid == Int32.max && $0.outcome == .alreadyGone })
        let unreadable = cleaned.filter { if case .unreadable = $0.outcome { true } else { false } }
        #expect(unreadable.count == 2)
        #expect(TemporaryDirectory.entries(of: directory.path) == ["c.child", "kept.txt"])
    }

    /// Ends a process and waits for its end.
    private func kill(_ pid: Int32) throws {
        let before = try ProcStat.read(pid: pid)
        Glibc.kill(pid, SIGKILL)
        while let now = try ProcStat.read(pid: pid), now.startTicks == before?.startTicks, !now.isDead {
            sched_yield()
        }
    }

    private func writeRecord(
        pid: Int32,
        startTicks: UInt64,
        boot: String? = nil,
        name: String = "x.child"
    ) throws {
        let header = ChildRecord.header(
            bootIdentifier: boot ?? records.bootIdentifier,
            childPath: "plant/x",
            executable: "/bin/sleep"
        )
        let stat = "\(pid) (sleep) S 1 \(pid) \(pid) 0 -1 0 1 2 3 4 5 6 7 8 20 0 1 0 \(startTicks) 1000 77 0 0\n"
        _ = try directory.write(name, header + stat)
    }
}
