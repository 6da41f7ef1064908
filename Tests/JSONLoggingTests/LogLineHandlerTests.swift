import FoundationEssentials
import JSONLogging
import Logging
import Testing

@Suite("LogLineHandler")
struct LogLineHandlerTests {
    private static let head = #"{"ts":"2026-11-21T02:05:30.123Z","level":"info","msg":"m","component":"test""#

    @Test("the fixed fields come first, then metadata by key")
    func order() throws {
        let lines = try capture { $0.logger().info("m", metadata: ["b": "2", "a": "1"]) }
        #expect(lines == [Self.head + #","a":"1","b":"2"}"#])
    }

    @Test(
        "values keep their type",
        arguments: [
            ("text", #""text""#), (.string(""), #""""#), (.number(-7), "-7"), (.number(2.5), "2.5"),
            (.number(3.0), "3"),
            (.number(UInt64.max), "18446744073709551615"), (.number(.nan), #""NaN""#), (.number(.infinity), #""+Inf""#),
            (.number(1e300), "1e+300"), (.bool(true), "true"), (.milliseconds(.seconds(2.5)), "2500"),
            (.milliseconds(.microseconds(1500)), "1.5"), (.stringConvertible(42), "42"),
            (.stringConvertible(UInt8(255)), "255"),
            (.stringConvertible(Int64.min), "-9223372036854775808"),
            (.stringConvertible(Float(0.1)), "0.1"), (.stringConvertible(false), "false"),
            (.stringConvertible(Duration.milliseconds(40)), "40"), (.stringConvertible("s" as Character), #""s""#),
            (["x", .number(1), ["k": .bool(false)]], #"["x",1,{"k":false}]"#), (.array([]), "[]"),
            (.dictionary([:]), "{}"), (.dictionary(["b": "2", "a": "1"]), #"{"a":"1","b":"2"}"#),
        ] as [(Logger.MetadataValue, String)])
    func values(value: Logger.MetadataValue, json: String) throws {
        let lines = try capture { $0.logger().info("m", metadata: ["v": value]) }
        #expect(lines == [Self.head + ",\"v\":\(json)}"])
    }

    @Test(
        "text is escaped",
        arguments: [
            ("\"\\/", #"\"\\/"#), ("a\nb\r\t", #"a\nb\r\t"#), ("\u{0}\u{1F}\u{7F}", #"\u0000\u001f\u007f"#),
            ("é😀\u{2028}", "é😀\u{2028}"), (String(decoding: [0x61, 0xFF, 0xC3], as: UTF8.self), "a\u{FFFD}\u{FFFD}"),
        ])
    func escaping(text: String, json: String) throws {
        let lines = try capture { sink in
            sink.logger().info(Logger.Message(stringLiteral: text), metadata: [text: .string(text)])
        }
        #expect(lines.first?.contains("\"msg\":\"\(json)\",") == true)
        #expect(lines.first?.hasSuffix(",\"\(json)\":\"\(json)\"}") == true)
        let decoded = try lines.map(decode)
        #expect(decoded.first?["msg"] == text)
        #expect(decoded.first?[text] == text)
    }

    @Test("metadata cannot take over a fixed field, except the component")
    func reservedKeys() throws {
        let lines = try capture { sink in
            sink.logger("label").info(
                "m", metadata: ["ts": "x", "level": "x", "msg": "x", "truncated": "x", "component": "own"])
        }
        let head = Self.head.replacing("\"test\"", with: "\"own\"")
        let fields = ["level", "msg", "truncated", "ts"].map { ",\"metadata_\($0)\":\"x\"" }.joined()
        #expect(lines == [head + fields + "}"])
    }

    @Test("a statement's metadata wins over the provider's, which wins over the logger's")
    func precedence() throws {
        let lines = try capture { sink in
            var logger = Logger(label: "test") { label in
                LogLineHandler(
                    label: label, sink: sink, metadataProvider: .init { ["a": "provider", "b": "provider"] })
            }
            logger[metadataKey: "a"] = "logger"
            logger[metadataKey: "c"] = "logger"
            logger.info("m", metadata: ["b": "statement"])
        }
        #expect(lines == [Self.head + #","a":"provider","b":"statement","c":"logger"}"#])
    }

    @Test("the process-wide level applies at once, a logger's own level before it")
    func levels() throws {
        let lines = try capture(level: .info) { sink in
            let logger = sink.logger()
            var verbose = sink.logger()
            verbose.logLevel = .trace
            logger.debug("hidden")
            verbose.debug("own level")
            sink.levels.level = .debug
            logger.debug("shown")
            sink.levels.level = .critical
            logger.error("hidden")
        }
        #expect(try lines.map(decode).map { $0["msg"] } == ["own level", "shown"])
    }

    @Test("secrets are masked in messages, values, keys and numbers, and may change at run time")
    func redaction() throws {
        let lines = try capture(secrets: ["s3cret", "s3cret-long", "4711", ""]) { sink in
            let logger = sink.logger()
            logger.info("pw s3cret", metadata: ["a": ["x": "s3cret-longs3cret"], "b": .number(47110), "s3cret": "é"])
            sink.secrets.register(["\"quoted\"\n"])
            logger.info("s3cre", metadata: ["a": "x\"quoted\"\ny"])
        }
        #expect(lines.first?.hasSuffix(#""a":{"x":"****************"},"b":"********0","********":"é"}"#) == true)
        #expect(lines.first?.contains(#""msg":"pw ********""#) == true)
        #expect(lines.last?.contains(#""msg":"s3cre""#) == true)
        #expect(lines.last?.hasSuffix(#""a":"x********y"}"#) == true)
    }

    @Test("a line that is too long has its values cut between characters and says so", arguments: [1024, 1031, 4096])
    func truncation(limit: Int) throws {
        let long = String(repeating: "é😀\n", count: 5_000)
        let lines = try capture(lineLimit: limit) { sink in
            let nested: Logger.MetadataValue = ["list": .array(Array(repeating: "element", count: 5_000))]
            sink.logger(long).info(
                Logger.Message(stringLiteral: long), metadata: ["a": .string(long), "n": nested, "z": .number(1)])
        }
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line.utf8.count < limit)
        #expect(line.hasSuffix(#","truncated":true}"#))
        #expect(line.contains(#""level":"info","msg":"é😀\n"#))
        #expect(!line.contains("\u{FFFD}"))
        #expect(throws: Never.self) { try JSONDecoder().decode(AnyObjectLine.self, from: Data(line.utf8)) }
    }

    @Test("a line of exactly the limit is not cut")
    func exactLimit() throws {
        let fixed = Self.head.utf8.count + #","v":""}"#.utf8.count + 1
        // The room for the mark of a cut line is kept free in every line.
        let room = 1024 - fixed - #","truncated":true"#.utf8.count
        let lines = try capture(lineLimit: 1024) { sink in
            sink.logger().info("m", metadata: ["v": .string(String(repeating: "x", count: room))])
            sink.logger().info("m", metadata: ["v": .string(String(repeating: "x", count: room + 1))])
        }
        #expect(lines.map { $0.contains("truncated") } == [false, true])
    }

    @Test("metadata nested without end is left out instead of exhausting the stack")
    func nesting() throws {
        let deep = (0..<10_000).reduce(Logger.MetadataValue.string("x")) { inner, _ in .array([inner]) }
        let lines = try capture { $0.logger().info("m", metadata: ["deep": deep, "z": "kept"]) }
        #expect(lines.first?.hasSuffix(#","z":"kept","truncated":true}"#) == true)
    }

    @Test("an error attached to a statement is logged as error")
    func attachedError() throws {
        let lines = try capture { $0.logger().info("m", error: CancellationError()) }
        #expect(lines == [Self.head + #","error":"CancellationError()"}"#])
    }

    /// A line all of whose values are strings.
    private func decode(_ line: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
    }

    /// Accepts any well-formed object.
    private struct AnyObjectLine: Decodable {}
}
