import Glibc
import Logging
import Testing

@testable import JSONLogging

@Suite("Journal", .timeLimit(.minutes(1)))
struct JournalTests {
    /// What systemd's library sends for some fields; the entry of a program that ends with 77 is missing.
    private static func oracle(_ fields: [String], at listener: JournalListener) throws -> JournalListener.Entry {
        let path = "\(listener.folder)/fields"
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(file >= 0)
        for field in fields {
            let bytes = withUnsafeBytes(of: UInt64(field.utf8.count)) { Array($0) } + Array(field.utf8)
            try #require(write(file, bytes, bytes.count) == bytes.count)
        }
        close(file)
        // The library waits for nobody: its entry is in the socket's queue when the program has ended.
        let status = try run(fixture, [listener.path, path])
        try #require(status == 0, "the fixture ended with \(status); 77: there is no libsystemd.so.0")
        return try listener.receive()
    }

    private static var fixture: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let path = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/JournalFixture"
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        var pointers = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var pid = pid_t()
        try #require(posix_spawn(&pid, program, nil, nil, &pointers, environ) == 0)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 { try #require(errno == EINTR) }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
    }

    /// What the writer sends to a journal for one statement.
    private static func entry(
        at listener: JournalListener, lineLimit: Int = LogSink.defaultLineLimit, _ body: (Logger) -> Void
    ) throws -> JournalListener.Entry {
        let lines = try capture(
            secrets: ["s3cret"], lineLimit: lineLimit, destination: .journal(socket: listener.path)
        ) { sink in body(sink.logger("supervision")) }
        #expect(lines.isEmpty)
        return try listener.receive()
    }

    private static let fixed = ["SYSLOG_IDENTIFIER=gatewarden", "TS=2026-11-21T02:05:30.123Z"]

    @Test("an entry has the same bytes as that of systemd's library for the same fields")
    func sameBytes() throws {
        let listener = try JournalListener()
        let entry = try Self.entry(at: listener) { logger in
            logger.error(
                "Help",
                metadata: [
                    "child_name": "é", "empty": "", "lines": "a\nb\n", "pid": .number(42),
                    "steps": ["x\ny", "z s3cret"],
                    "success": .bool(false),
                ])
        }
        let fields =
            ["MESSAGE=Help", "PRIORITY=3"] + Self.fixed + [
                "LEVEL=error", "COMPONENT=supervision", "CHILD_NAME=é", "EMPTY=", "LINES=a\nb\n", "PID=42",
                #"STEPS=["x\ny","z ********"]"#, "SUCCESS=false",
            ]
        #expect(entry == (try Self.oracle(fields, at: listener)))
        #expect(entry.seals == nil)
    }

    @Test("an entry that no datagram takes comes in a sealed file, as that of systemd's library does")
    func largeEntry() throws {
        let listener = try JournalListener()
        let fields = ["MESSAGE=\(String(repeating: "x", count: 20 << 20))", "SYSLOG_IDENTIFIER=test"]
        let expected = try Self.oracle(fields, at: listener)
        let journal = JournalSocket(path: listener.path)
        let bytes = fields.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
        #expect(bytes.withUnsafeBytes { journal.send($0) } == .sent)
        let entry = try listener.receive()
        #expect(entry == expected)
        #expect(entry.seals != nil)
    }

    @Test(
        "levels have the priorities of syslog",
        arguments: zip(Logger.Level.allCases, [7, 7, 6, 5, 4, 3, 2]))
    func priorities(_ level: Logger.Level, _ priority: Int) throws {
        let listener = try JournalListener()
        let entry = try Self.entry(at: listener) { $0.log(level: level, "m") }
        let text = String(decoding: entry.bytes, as: UTF8.self)
        #expect(text.contains("\nPRIORITY=\(priority)\n"))
        #expect(text.contains("\nLEVEL=\(level.rawValue)\n"))
        let lines = try capture(destination: .prefixedStream) { $0.logger().log(level: level, "m") }
        #expect(lines.first?.hasPrefix("<\(priority)>{\"ts\":") == true)
    }

    @Test(
        "names are in capitals, and none is one of the journal's own",
        arguments: [
            ("child_name", "CHILD_NAME"), ("hb.request.id", "HB_REQUEST_ID"), ("message", "METADATA_MESSAGE"),
            ("priority", "METADATA_PRIORITY"), ("_pid", "METADATA__PID"), ("syslog_pid", "METADATA_SYSLOG_PID"),
            ("code_line", "METADATA_CODE_LINE"), ("1st", "METADATA_1ST"), ("", "METADATA_"), ("é", "METADATA___"),
            (String(repeating: "a", count: 100), String(repeating: "A", count: 64)),
        ])
    func names(_ key: String, _ name: String) {
        #expect(JournalEntry.name(of: key) == name)
    }

    @Test("what does not fit is cut between characters or left out, and the entry says so")
    func limit() throws {
        let listener = try JournalListener()
        let entry = try Self.entry(at: listener, lineLimit: 1024) { logger in
            logger.info("m", metadata: ["a": .string(String(repeating: "é", count: 2_000)), "b": "left out"])
        }
        let text = String(decoding: entry.bytes, as: UTF8.self)
        #expect(entry.bytes.count <= 1024)
        #expect(text.hasSuffix("é\nTRUNCATED=true\n"))
        #expect(!text.contains("\u{FFFD}"))
    }

    @Test("without a journal, lines come on the stream with their priorities; a journal that comes later gets its own")
    func fallback() throws {
        let listener = try JournalListener()
        let path = listener.path
        #expect(rename(path, "\(path)~") == 0)
        let lines = try capture(destination: .journal(socket: path)) { $0.logger().warning("m") }
        #expect(lines.map { $0.prefix(8) } == [#"<4>{"ts""#])
        let pipe = Pipe()
        let writer = try LogWriter(descriptor: pipe.writeEnd, destination: .journal(socket: path))
        let logger = LogSink(writer: writer, levels: LogLevelControl()).logger()
        logger.warning("first")
        #expect(writer.flush(timeout: .seconds(30)))
        #expect(rename("\(path)~", path) == 0)
        logger.warning("second")
        #expect(String(decoding: try listener.receive().bytes, as: UTF8.self).hasPrefix("MESSAGE=second\n"))
        writer.close(timeout: .seconds(30))
        #expect(pipe.lines().count == 1)
    }

    @Test("a journal that does not read never blocks the caller; what does not fit is counted")
    func stalledJournal() throws {
        let listener = try JournalListener()
        let pipe = Pipe()
        let writer = try LogWriter(
            descriptor: pipe.writeEnd, destination: .journal(socket: listener.path), capacity: 64 * 1024)
        let logger = LogSink(writer: writer, levels: LogLevelControl()).logger()
        var count: UInt64 = 0
        // The socket's queue and the buffer take a few thousand, whatever the system's limits are.
        while writer.counts.dropped == 0, count < 1_000_000 {
            logger.info("m")
            count += 1
        }
        #expect(writer.counts.dropped > 0)
        #expect(writer.counts.lines(.info) + writer.counts.dropped == count)
        writer.close(timeout: .zero)
        #expect(pipe.lines().isEmpty)
    }

    @Test("the journal's stream is told by device and inode")
    func journalStream() throws {
        let pipe = Pipe()
        var status = stat()
        try #require(fstat(pipe.writeEnd, &status) == 0)
        let own = "\(status.st_dev):\(status.st_ino)"
        #expect(LogDestination.isJournal(pipe.writeEnd, variable: own))
        for other in [nil, "", ":", "1:2", "\(own)0"] {
            #expect(!LogDestination.isJournal(pipe.writeEnd, variable: other))
        }
        #expect(!LogDestination.isJournal(-1, variable: own))
    }
}
