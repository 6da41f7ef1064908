import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("AdoptedGroup", .timeLimit(.minutes(1)))
struct AdoptedGroupTests {
    private let reactor: ProcessReactor

    init() throws {
        reactor = try ProcessReactor()
    }

    @Test("it reaches who is left when the leader is gone", arguments: [true, false])
    func reach(mayUseDescriptor: Bool) async throws {
        let watched = Watched()
        // A requested stop lets the rest of the group live.
        let script = "(trap '' TERM; echo up; exec sleep 1000) & trap 'exit 0' TERM; wait"
        let child = try await watched.start(.shell(script), on: reactor)
        #expect(try await watched.line() == "up")
        let group = try AdoptedGroup(
            pid: child.pid,
            startTicks: child.startTicks,
            mayUseDescriptor: mayUseDescriptor
        )
        reactor.terminate(child)
        while try ProcStat.read(pid: child.pid) != nil {
            await Task.yield()
        }
        #expect(!group.isEmpty(scan: true))
        #expect(!group.isEmpty(scan: false))
        group.send(.kill)
        #expect(try await watched.exit().status == .exited(code: 0))
        #expect(group.isEmpty(scan: true))
    }

    @Test("without the kernel's help, a group whose number is another's is empty and not touched")
    func reused() async throws {
        let watched = Watched()
        let child = try await watched.start(.shell("exec sleep 1000"), on: reactor)
        let group = try AdoptedGroup(pid: child.pid, startTicks: child.startTicks - 1, mayUseDescriptor: false)
        group.send(.kill)
        #expect(group.isEmpty(scan: true))
        #expect(try ProcStat.read(pid: child.pid)?.isDead == false)
        reactor.kill(child)
        _ = try await watched.exit()
    }

    @Test("a process that is gone has no group")
    func gone() {
        #expect(throws: Errno.self) { try AdoptedGroup(pid: Int32.max, startTicks: 1) }
    }
}

@Suite("ExecutableLooks")
struct ExecutableLooksTests {
    @Test("there are four looks within eighty seconds")
    func schedule() {
        var looks = ExecutableLooks()
        var delays: [Duration] = []
        while let delay = looks.next() {
            delays.append(delay)
        }
        #expect(delays == [.seconds(1), .seconds(4), .seconds(15), .seconds(60)])
    }
}
