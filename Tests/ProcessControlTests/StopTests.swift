import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("ProcessReactor: stop", .timeLimit(.minutes(1)))
struct StopTests {
    private let reactor: ProcessReactor

    init() throws {
        reactor = try ProcessReactor()
    }

    @Test("a well-behaved child stops on request")
    func terminate() async throws {
        let watched = Watched()
        let child = try await watched.start(.shell("exec sleep 1000"), on: reactor)
        reactor.terminate(child)
        let exit = try await watched.exit()
        #expect(exit.status == .signaled(.terminate, coreDumped: false))
        #expect(exit.stopRequested)
        #expect(watched.reportedExits == 1)
    }

    @Test("a child that was suspended stops on request, too")
    func suspended() async throws {
        let watched = Watched()
        let child = try await watched.start(.shell("trap 'exit 9' TERM; echo up; kill -STOP $$; exit 1"), on: reactor)
        #expect(try await watched.line() == "up")
        while try ProcStat.read(pid: child.pid)?.state != UInt8(ascii: "T") {
            await Task.yield()
        }
        reactor.terminate(child)
        #expect(try await watched.exit().status == .exited(code: 9))
    }

    @Test("a child that ignores the request is killed with its group")
    func kill() async throws {
        let watched = Watched()
        let script = "trap '' TERM; sleep 1000 & echo $!; while :; do wait; done"
        let child = try await watched.start(.shell(script), on: reactor)
        let grandchild = try #require(Int32(try await watched.line()))
        reactor.terminate(child)
        reactor.kill(child)
        let exit = try await watched.exit()
        #expect(exit.status == .signaled(.kill, coreDumped: false))
        #expect(isGone(grandchild))
    }

    @Test("a crash of the leader takes the rest of its group with it before the end is reported")
    func crash() async throws {
        let watched = Watched()
        let child = try await watched.start(.shell("sleep 1000 & echo $!; wait"), on: reactor)
        let grandchild = try #require(Int32(try await watched.line()))
        Glibc.kill(child.pid, SIGKILL)
        let exit = try await watched.exit()
        #expect(exit.status == .signaled(.kill, coreDumped: false))
        #expect(!exit.stopRequested)
        #expect(isGone(grandchild))
    }

    @Test("after a requested stop the group may finish its work; the end comes when the last of it is gone")
    func drain() async throws {
        let watched = Watched()
        let script = """
            exec 2> /dev/null
            trap 'exit 3' TERM
            (
                # A sleep that is just being forked would lose any signal but this one.
                trap 'echo working; read x < $FIFO; echo done; kill -9 $!; exit' TERM
                echo up
                while :; do sleep 1000 & wait $!; done
            ) &
            wait
            """
        let directory = try TemporaryDirectory()
        let fifo = directory.path.appending("gate").string
        mkfifo(fifo, 0o600)
        var spec = ProcessSpec.shell(script)
        spec.environment["FIFO"] = fifo
        let child = try await watched.start(spec, on: reactor)
        #expect(try await watched.line() == "up")
        reactor.terminate(child)
        #expect(try await watched.line() == "working")
        #expect(watched.reportedExits == 0)
        let gate = open(fifo, O_WRONLY | O_CLOEXEC)
        close(gate)
        #expect(try await watched.line() == "done")
        let exit = try await watched.exit()
        #expect(exit.status == .exited(code: 3))
        #expect(exit.stopRequested)
    }

    @Test("a signal goes to the leader alone and does not count as a stop")
    func signal() async throws {
        let watched = Watched()
        let child = try await watched.start(
            .shell("trap 'echo reloaded; exit 7' USR1; echo up; while :; do sleep 1000 & wait $!; done"),
            on: reactor
        )
        #expect(try await watched.line() == "up")
        reactor.signal(.user1, to: child)
        reactor.signal(ProcessSignal(rawValue: 0), to: child)
        #expect(try await watched.line() == "reloaded")
        let exit = try await watched.exit()
        #expect(exit.status == .exited(code: 7))
        #expect(!exit.stopRequested)
    }

    @Test("signals to a child that has ended do nothing")
    func ended() async throws {
        let watched = Watched()
        let child = try await watched.start(.shell("exit 0"), on: reactor)
        _ = try await watched.exit()
        reactor.terminate(child)
        reactor.kill(child)
        reactor.signal(.hangup, to: child)
        let (exit, _) = try await Watched.run(.shell("exit 5"), on: reactor)
        #expect(exit.status == .exited(code: 5))
        #expect(watched.reportedExits == 1)
    }

    @Test("children of others are not reaped")
    func foreign() async throws {
        var pid = pid_t()
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
        defer { free(arguments[0]) }
        #expect(posix_spawn(&pid, "/bin/true", nil, nil, &arguments, nil) == 0)
        _ = try await Watched.run(.shell("exit 0"), on: reactor)
        var status: Int32 = 0
        #expect(waitpid(pid, &status, 0) == pid)
    }

    /// Whether a process is gone or only waits to be reaped by its new parent.
    private func isGone(_ pid: Int32) -> Bool {
        (try? ProcStat.read(pid: pid)).map(\.?.isDead) != .some(false)
    }
}
