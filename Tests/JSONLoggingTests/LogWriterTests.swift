import Glibc
import JSONLogging
import Logging
import Testing

@Suite("LogWriter", .timeLimit(.minutes(1)))
struct LogWriterTests {
    private let line = Array((String(repeating: "x", count: 99) + "\n").utf8)

    @Test("a full pipe never blocks the caller; lost lines are counted and reported once there is room")
    func fullPipe() throws {
        let pipe = Pipe()
        let filled = pipe.fill()
        let writer = try LogWriter(descriptor: pipe.writeEnd, capacity: 1_000, now: { testTime })
        let taken = (0..<50).count { _ in writer.write(line, level: .info) }
        #expect(taken == 10)
        #expect(writer.counts.dropped == 40)
        #expect(writer.counts.lines(.info) == 10)
        #expect(!writer.flush(timeout: .zero))
        _ = pipe.read(count: filled)
        #expect(writer.flush(timeout: .seconds(30)))
        #expect(writer.write(line, level: .error))
        writer.close(timeout: .seconds(30))
        let lines = pipe.lines()
        #expect(lines.filter { $0.hasPrefix("x") }.count == 11)
        let notice =
            #"{"ts":"2026-11-21T02:05:30.123Z","level":"warning","msg":"Log lines dropped","component":"log","#
            + #""dropped":40}"#
        #expect(lines.filter { !$0.hasPrefix("x") } == [notice])
        #expect(writer.counts.lines(.error) == 1)
    }

    @Test("a writer with a stalled reader ends, and counts what it could not write")
    func closeWhileStalled() throws {
        let pipe = Pipe()
        _ = pipe.fill()
        let writer = try LogWriter(descriptor: pipe.writeEnd)
        for _ in 0..<5 { writer.write(line, level: .info) }
        writer.close(timeout: .zero)
        #expect(writer.counts.dropped == 5)
        #expect(!writer.write(line, level: .info))
        #expect(writer.counts.dropped == 6)
        writer.close(timeout: .zero)
    }

    @Test("a reader that went away loses lines, not the process")
    func brokenPipe() throws {
        let pipe = Pipe()
        let writer = try LogWriter(descriptor: pipe.writeEnd)
        pipe.closeReadEnd()
        for round in 1...3 {
            #expect(writer.write(line, level: .info))
            #expect(writer.flush(timeout: .seconds(30)))
            #expect(writer.counts.dropped == UInt64(round))
        }
        writer.close(timeout: .seconds(30))
    }

    @Test("a descriptor that is not open is refused")
    func closedDescriptor() {
        let error = #expect(throws: JSONLoggingError.self) { try LogWriter(descriptor: -1) }
        #expect(error?.code == .invalidDescriptor)
    }

    @Test("lines of many threads arrive whole")
    func concurrency() async throws {
        let pipe = Pipe()
        let writer = try LogWriter(descriptor: pipe.writeEnd)
        let count = 4 * 100
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<100 { writer.write(line, level: .info) }
                }
            }
        }
        #expect(writer.flush(timeout: .seconds(30)))
        writer.close(timeout: .zero)
        let lines = pipe.lines()
        #expect(lines.count == count)
        #expect(lines.allSatisfy { $0.utf8.count == 99 })
    }

    @Test("a file takes more than a pipe's chunk at once")
    func file() throws {
        var template = Array("/tmp/log-writer-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        unlink(template)
        defer { close(descriptor) }
        let writer = try LogWriter(descriptor: descriptor)
        for _ in 0..<1_000 { writer.write(line, level: .info) }
        writer.close(timeout: .seconds(30))
        #expect(lseek(descriptor, 0, SEEK_END) == 100_000)
    }
}
