import Glibc
import ProcessControl
import Synchronization
import SystemPackage
import Testing

@Suite("ProcessReactor: output", .timeLimit(.minutes(1)))
struct OutputTests {
    private let reactor: ProcessReactor

    init() throws {
        reactor = try ProcessReactor()
    }

    @Test("both streams arrive line by line, and the last line without line end")
    func streams() async throws {
        let (_, lines) = try await Watched.run(.shell("echo out; echo err >&2; printf tail"), on: reactor)
        #expect(lines.filter { $0.stream == .stdout }.map(\.text) == ["out", "tail"])
        #expect(lines.filter { $0.stream == .stderr }.map(\.text) == ["err"])
    }

    @Test("all that was written before the end is delivered before the end is reported")
    func orderOfEnd() async throws {
        let events = Mutex<[Int]>([])
        let (ended, sink) = AsyncStream.makeStream(of: Void.self)
        let script = "i=0; while [ $i -lt 2000 ]; do echo $i; i=$((i+1)); done"
        _ = try await reactor.spawn(
            .shell(script),
            onOutput: { line in events.withLock { $0.append(Int(line.text) ?? -2) } },
            onExit: { _ in
                events.withLock { $0.append(-1) }
                sink.finish()
            }
        )
        for await _ in ended {}
        #expect(events.withLock { $0 } == Array(0..<2000) + [-1])
    }

    @Test("fifty megabytes do not block the child, and every byte is counted")
    func flood() async throws {
        let bytes = Mutex(0)
        let (exits, sink) = AsyncStream.makeStream(of: ProcessExit.self)
        _ = try await reactor.spawn(
            .shell("head -c 52428800 /dev/zero | tr '\\0' x | fold -w 1023"),
            onOutput: { line in bytes.withLock { $0 += line.text.utf8.count } },
            onExit: { sink.yield($0) }
        )
        var iterator = exits.makeAsyncIterator()
        #expect(await iterator.next()?.status == .exited(code: 0))
        #expect(bytes.withLock { $0 } == 52_428_800)
    }

    /// Lets the first lines pass, and counts.
    private final class FirstLines: OutputGate {
        let rest: Mutex<Int>
        let counts = Mutex<[OutputLine.Stream: LineCount]>([:])

        init(_ number: Int) {
            rest = Mutex(number)
        }

        func allowance() -> Int { rest.withLock { $0 } }

        func note(_ count: LineCount, of stream: OutputLine.Stream) {
            rest.withLock { $0 -= count.passed }
            counts.withLock { counts in
                counts[stream, default: LineCount()].passed += count.passed
                counts[stream, default: LineCount()].dropped += count.dropped
            }
        }
    }

    @Test("a gate lets so many lines pass, and every line is counted")
    func gate() async throws {
        let gate = FirstLines(100)
        let lines = Mutex(0)
        let (ended, sink) = AsyncStream.makeStream(of: Void.self)
        _ = try await reactor.spawn(
            .shell("yes | head -n 1000000; printf 'the\\nend' >&2"),
            gate: gate,
            onOutput: { _ in lines.withLock { $0 += 1 } },
            onExit: { _ in sink.finish() }
        )
        for await _ in ended {}
        let counts = gate.counts.withLock { $0 }
        #expect((counts[.stdout]?.total ?? 0) == 1_000_000)
        #expect((counts[.stderr]?.total ?? 0) == 2)
        let passed = counts.values.reduce(0) { $0 + $1.passed }
        #expect(passed == lines.withLock { $0 })
        // The last word without line end passes in any case.
        #expect((100...101).contains(passed))
    }

    @Test("a flood of one child does not keep another's death")
    func fairness() async throws {
        let flood = Watched()
        let quiet = Watched()
        let flooding = try await flood.start(.shell("yes | tr -d '\\n'"), on: reactor)
        let dying = try await quiet.start(.shell("exec sleep 1000"), on: reactor)
        Glibc.kill(dying.pid, SIGKILL)
        #expect(try await quiet.exit().status == .signaled(.kill, coreDumped: false))
        reactor.kill(flooding)
        _ = try await flood.exit()
    }

    @Test("a line over 64 KiB is cut and marked")
    func longLine() async throws {
        let script = "head -c 100000 /dev/zero | tr '\\0' x; echo; echo after"
        let (_, lines) = try await Watched.run(.shell(script), on: reactor)
        #expect(lines.map(\.droppedBytes) == [100_000 - LineSplitter.defaultLimit, 0])
        #expect(lines.first?.text.utf8.count == LineSplitter.defaultLimit)
        #expect(lines.last?.text == "after")
    }

    @Test("bytes that are not UTF-8 are escaped")
    func invalid() async throws {
        let (_, lines) = try await Watched.run(.shell("printf 'a\\377b\\n'"), on: reactor)
        #expect(lines.map(\.text) == ["a\\xffb"])
    }

    @Test("a process outside the group that keeps the pipe open holds up neither the end nor the descriptor")
    func strangerKeepsPipe() async throws {
        let directory = try TemporaryDirectory()
        let fifo = directory.path.appending("closed").string
        mkfifo(fifo, 0o600)
        let stranger = "trap '' PIPE; while echo up; do sleep 0.02; done; echo closed > '\(fifo)'"
        let reader = Watched()
        _ = try await reader.start(ProcessSpec(executable: "/bin/cat", arguments: [fifo]), on: reactor)
        let watched = Watched()
        let child = try await watched.start(.shell("setsid sh -c \"$1\" & wait", arguments: [stranger]), on: reactor)
        #expect(try await watched.line() == "up")
        reactor.kill(child)
        #expect(try await watched.exit().status == .signaled(.kill, coreDumped: false))
        #expect(try await reader.line() == "closed")
        #expect(try await reader.exit().status == .exited(code: 0))
    }
}
