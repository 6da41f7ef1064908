import Logging
import Testing

@testable import JSONLogging

@Suite("FoldTable")
struct FoldTableTests {
    private static let later = WallTime(sinceEpoch: .seconds(2_000_000_000))

    private static func record(
        _ message: String = "m", _ level: Logger.Level = .warning, _ metadata: Logger.Metadata = [:]
    ) -> LogRecord {
        LogRecord(time: testTime, level: level, message: message, component: "test", metadata: metadata)
    }

    /// The messages of some records, each with the number of those that it stands for.
    private static func texts(_ records: [LogRecord]) -> [String] {
        records.map { $0.repeated > 0 ? "\($0.message) +\($0.repeated)" : $0.message }
    }

    @Test(
        "the first is written, repetitions are held back, the window's end writes the latest with the number of others")
    func window() {
        var table = FoldTable(window: .seconds(10))
        #expect(Self.texts(table.take(Self.record(), at: .zero)) == ["m"])
        #expect(table.nextEnd == nil)
        for second in 1...9 {
            #expect(
                table.take(Self.record("m", .warning, ["waiting_ms": .number(second)]), at: .seconds(second)).isEmpty)
        }
        #expect(table.nextEnd == .seconds(10))
        #expect(table.expire(at: .seconds(9.9), time: Self.later).isEmpty)
        let summary = table.expire(at: .seconds(10), time: Self.later)
        #expect(Self.texts(summary) == ["m +8"])
        #expect(summary.first?.time == Self.later)
        #expect(summary.first?.fields.map(\.key) == ["repeated", "waiting_ms"])
        #expect(summary.first?.fields.last?.value.description == "9")
    }

    @Test("what goes on repeating gets one line a window, and the number of statements is kept")
    func ongoing() {
        var table = FoldTable(window: .seconds(1))
        var lines: [LogRecord] = []
        for tick in 0..<600 {
            let now = Duration.milliseconds(100 * tick)
            lines += table.expire(at: now, time: Self.later)
            lines += table.take(Self.record(), at: now)
        }
        lines += table.finish(at: Self.later)
        #expect(lines.count == 61)
        #expect(lines.count + Int(lines.map(\.repeated).reduce(0, +)) == 600)
    }

    @Test("the next one after a window that nobody ended carries the number")
    func lateNext() {
        var table = FoldTable(window: .seconds(1))
        for _ in 0..<4 { _ = table.take(Self.record(), at: .zero) }
        #expect(Self.texts(table.take(Self.record(), at: .seconds(1))) == ["m +3"])
        #expect(Self.texts(table.finish(at: Self.later)) == [])
    }

    @Test("one that was held back alone is written without a number, and a silent kind is forgotten")
    func single() {
        var table = FoldTable(window: .seconds(1))
        for _ in 0..<2 { _ = table.take(Self.record(), at: .zero) }
        #expect(Self.texts(table.expire(at: .seconds(1), time: Self.later)) == ["m"])
        #expect(table.expire(at: .seconds(2), time: Self.later).isEmpty)
        #expect(Self.texts(table.take(Self.record(), at: .seconds(2))) == ["m"])
    }

    @Test("only warnings and errors fold", arguments: Logger.Level.allCases)
    func levels(_ level: Logger.Level) {
        var table = FoldTable(window: .seconds(1))
        let lines = (0..<3).flatMap { _ in table.take(Self.record("m", level), at: .zero) }
        #expect(lines.count == (level == .warning || level == .error ? 1 : 3))
    }

    @Test(
        "fields tell kinds apart, measures do not",
        arguments: [
            (["pid": .number(1)], ["pid": .number(2)], false),
            (["retry_attempt": .number(1)], ["retry_attempt": .number(2)], false),
            (["error": "a"], ["error": "b"], false),
            (["a": "b"], [:], false),
            (["a": ["x", "y"]], ["a": ["xy"]], false),
            (["a": "1\0b=2"], ["a": "1", "b": "2"], false),
            (["elapsed_downtime_ms": .number(1)], ["elapsed_downtime_ms": .number(2)], true),
            (["count": .number(1)], ["count": .number(2)], true),
            (["dropped_lines": .number(1)], [:], true),
            (["fields": ["time": "1", "a": "b"]], ["fields": ["time": "2", "a": "b"]], true),
            (["fields": ["time": "1", "a": "b"]], ["fields": ["time": "1", "a": "c"]], false),
        ] as [(Logger.Metadata, Logger.Metadata, Bool)])
    func identity(_ first: Logger.Metadata, _ second: Logger.Metadata, _ isSame: Bool) {
        var table = FoldTable(window: .seconds(1))
        _ = table.take(Self.record("m", .warning, first), at: .zero)
        #expect(table.take(Self.record("m", .warning, second), at: .zero).isEmpty == isSame)
    }

    @Test("with too many kinds, the one that was silent for longest is told of and forgotten")
    func eviction() {
        var table = FoldTable(window: .seconds(100), capacity: 2)
        _ = table.take(Self.record("a"), at: .seconds(1))
        _ = table.take(Self.record("b"), at: .seconds(2))
        for _ in 0..<3 { _ = table.take(Self.record("a"), at: .seconds(3)) }
        #expect(Self.texts(table.take(Self.record("c"), at: .seconds(4))) == ["c"])
        #expect(Self.texts(table.take(Self.record("b"), at: .seconds(5))) == ["a +2", "b"])
        #expect(Self.texts(table.take(Self.record("a"), at: .seconds(6))) == ["a"])
    }
}

@Suite("LogSink folding", .timeLimit(.minutes(1)))
struct LogSinkFoldingTests {
    @Test("a window ends in time, even if nothing follows; the counts say what was left out")
    func summary() throws {
        let pipe = Pipe()
        let writer = try LogWriter(descriptor: pipe.writeEnd)
        let sink = LogSink(
            writer: writer, levels: LogLevelControl(), foldWindow: .milliseconds(100),
            clocks: LogClocks(now: { testTime }))
        let line = #"{"ts":"2026-11-21T02:05:30.123Z","level":"warning","msg":"m","component":"test"}"# + "\n"
        let summary = line.replacing("}", with: #","repeated":3}"#)
        let logger = sink.logger()
        for _ in 0..<5 { logger.warning("m") }
        let text = String(decoding: pipe.read(count: line.utf8.count + summary.utf8.count), as: UTF8.self)
        #expect(text == line + summary)
        #expect(writer.counts.folded == 3)
        #expect(writer.counts.lines(.warning) == 2)
        writer.close(timeout: .seconds(10))
    }

    @Test("what is held back is written when the log ends, and then nothing is held back")
    func close() throws {
        let lines = try capture(foldWindow: .seconds(3600)) { sink in
            for _ in 0..<5 { sink.logger().error("m") }
            sink.close()
            for _ in 0..<2 { sink.logger().error("m") }
        }
        #expect(lines.map { $0.contains("repeated") } == [false, true, false, false])
    }

    @Test("a logger that keeps its own pace is not folded")
    func ownPace() throws {
        let lines = try capture(foldWindow: .seconds(3600)) { sink in
            for _ in 0..<5 { sink.logger(isFolded: false).warning("m") }
        }
        #expect(lines.count == 5)
    }

    @Test("statements of many threads are all accounted for")
    func concurrency() async throws {
        let pipe = Pipe()
        let writer = try LogWriter(descriptor: pipe.writeEnd)
        let sink = LogSink(writer: writer, levels: LogLevelControl(), foldWindow: .milliseconds(1))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<1_000 { sink.logger().warning("m") }
                }
            }
        }
        sink.close()
        let counts = writer.counts
        #expect(counts.lines(.warning) + counts.folded + counts.dropped == 4_000)
        pipe.closeReadEnd()
        writer.close(timeout: .seconds(10))
    }
}
