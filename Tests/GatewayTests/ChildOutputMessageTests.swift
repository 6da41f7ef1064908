import Glibc
import JSONLogging
import Logging
import SystemPackage
import Testing

@testable import Gateway

@Suite("ChildOutputMessage")
struct ChildOutputMessageTests {
    /// A line and what it says.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let level: Logger.Level?
        let text: String
        let fields: Logger.Metadata

        init(_ line: String, _ level: Logger.Level?, _ text: String? = nil, _ fields: Logger.Metadata = [:]) {
            testDescription = line
            self.level = level
            self.text = text ?? line
            self.fields = fields
        }
    }

    private static let structured = [
        Row(#"{"level":"warn","msg":"hot","sensor":"t-1"}"#, .warning, "hot", ["sensor": "t-1"]),
        Row(#"{"severity":"ERROR","message":"gone","code":7}"#, .error, "gone", ["code": .number(7)]),
        Row(#"{"lvl":"dbug","message":"a"}"#, nil, "a", ["lvl": "dbug"]),
        Row(
            #" { "msg" : "a" , "x" : 1.5 , "y" : true , "z" : null } "#, nil, "a",
            ["x": .number(1.5), "y": .bool(true)]),
        Row(#"{"msg":"a","n":{"msg":"b","level":"error"},"l":[1,{"a":[]},"x"]}"#, nil, "a"),
        Row(#"{"msg":"a\n\"b\"\\\/\u00e9\ud83d\ude00\ud83d.","x":"\t"}"#, nil, "a\n\"b\"\\/é😀\u{FFFD}.", ["x": "\t"]),
        Row(#"{"msg":"first","msg":"last","level":"info","level":"fatal"}"#, .critical, "last"),
        Row(
            #"{"msg":"a","message":"b","level":"info","severity":"error"}"#, .info, "a",
            ["message": "b", "severity": "error"]),
        Row(
            #"{"msg":"a","ts":"t","component":"c","pid":1e2,"big":123456789012345678901234567890,"huge":1e999}"#, nil,
            "a",
            ["ts": "t", "component": "c", "pid": .number(100), "big": .number(1.2345678901234568e29), "huge": "1e999"]),
        Row(#"{"msg":"a","level":30}"#, nil, "a", ["level": .number(30)]),
        Row(#"{"event":"no message","level":"error"}"#, .error),
        Row("{}", nil),
    ]

    private static let malformed = [
        "{", "{}x", "{\"msg\":\"a\"", "{\"msg\":\"a\",}", "{\"msg\" \"a\"}", "{msg:\"a\"}", "{\"msg\":'a'}",
        "{\"msg\":\"a\",\"x\":01}",
        "{\"msg\":\"a\",\"x\":.5}", "{\"msg\":\"a\",\"x\":1.}", "{\"msg\":\"a\",\"x\":+1}", "{\"msg\":\"a\",\"x\":tru}",
        "{\"msg\":\"\\x\"}", "{\"msg\":\"\\u12g4\"}", "{\"msg\":\"\\u12", "{\"msg\":\"a\tb\"}",
        "{\"msg\":\"a\"}{\"msg\":\"b\"}",
        "[{\"msg\":\"a\"}]", "{\"msg\":\"a\",\"x\":[1,]}", "{\"msg\":\"a\",\"x\":[", "{\"msg\":\"a\",\"x\":-}",
        "{\"msg\":\"a\",\"x\":1e}",
        "{\"msg\":\"a\",\"x\":" + String(repeating: "[", count: 60_000),
        "{\"msg\":\"a\",\"x\":" + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}",
    ]

    private static let words = [
        Row(
            #"time="2026-11-20T23:41:55Z" level=error msg="dial: \"x\" refused\n" path=root.output"#, .error,
            "dial: \"x\" refused\n",
            ["time": "2026-11-20T23:41:55Z", "path": "root.output"]),
        Row("level=warning msg=short empty= a=b=c", .warning, "short", ["empty": "", "a": "b=c"]),
        Row(#"level=info msg="a\x1bb""#, .info, #"a\x1bb"#),
        Row("a=1 b=2", nil), Row("level=error and=more", nil), Row("level=error msg=\"open", nil),
        Row("level=error msg=\"a\"b", nil), Row("level=error msg=a plain", nil), Row("=x level=error msg=a", nil),
        Row("INFO  2026-11-20 23:41:36,123 [shard 0:main] main - application.cc:1 - up", .info),
        Row("WARN  2026-11-20 23:41:36,123 [shard 0:main] raft - slow", .warning),
        Row("ERROR 2026-11-20 23:41:36,123 [shard 0:main] storage - full", .error),
        Row("TRACE 2026-11-20 23:41:36,123 [shard 0:main] rpc - x", .trace),
        Row("ERROR 404 not found", nil), Row("Error 2026-11-20", nil), Row("ERRORS 2026-11-20 x", nil),
        Row("ERROR", nil),
        Row("plain text, 100 % of it", nil), Row("", nil), Row("größer als {", nil),
    ]

    @Test("JSON objects, logfmt and lines of Redpanda are understood", arguments: structured + words)
    func message(_ row: Row) {
        let message = ChildOutputMessage(row.testDescription)
        #expect(message.level == row.level)
        #expect(message.text == row.text)
        #expect(message.fields == row.fields)
        #expect(message.omittedFields == 0)
    }

    @Test("what is not quite a JSON object is shown as it is", arguments: malformed)
    func text(_ line: String) {
        let message = ChildOutputMessage(line)
        #expect(message.text == line)
        #expect(message.level == nil)
        #expect(message.fields.isEmpty)
    }

    @Test("fields are bounded in number and size")
    func bounds() {
        let many = (0..<100).map { ",\"f\($0)\":\($0)" }.joined()
        let counted = ChildOutputMessage("{\"msg\":\"a\"\(many)}")
        #expect(counted.fields.count == ChildOutputMessage.fieldLimit)
        #expect(counted.omittedFields == 100 - ChildOutputMessage.fieldLimit)
        let long = String(repeating: "x", count: ChildOutputMessage.byteLimit)
        let sized = ChildOutputMessage("{\"msg\":\"a\",\"small\":1,\"long\":\"\(long)\",\"after\":2}")
        #expect(sized.fields == ["small": .number(1)])
        #expect(sized.omittedFields == 2)
    }

    /// The folder with what real programs say, or nil.
    private static var fixtures: FilePath? { Binaries.environment("GATEWARDEN_TEST_FIXTURES").map { FilePath($0) } }

    @Test(
        "every line that a real Benthos has logged is understood, in both of its formats",
        .enabled(if: fixtures != nil, "GATEWARDEN_TEST_FIXTURES does not name the folder of recordings"),
        arguments: ["socket_out_never_json", "socket_out_never_logfmt", "kafka_franz_out_never", "sig_sighup_logfmt"]
    )
    func benthos(_ situation: String) throws {
        let folder = try #require(Self.fixtures).appending("benthos").appending(situation)
        let log = try TestDirectory.content(of: folder.appending("stdout.log"))
        let lines = String(decoding: log, as: UTF8.self).split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            let message = ChildOutputMessage(String(line))
            #expect(message.level != nil, "\(line)")
            #expect(message.fields["@service"] == "benthos", "\(line)")
            #expect(message.omittedFields == 0)
        }
    }
}
