import JSONLogging
import Logging
import Testing

@Suite("Text lines")
struct TextLineTests {
    private static let time = "2026-11-21T02:05:30.123Z"
    private static let file = LogForm.text(TextStyle())

    private static func terminal(_ columns: Int, colours: Bool = false) -> LogForm {
        .text(TextStyle(colours: colours, columns: { columns }))
    }

    @Test("time, level, component, message and key=value stand in columns")
    func columns() throws {
        let lines = try capture(form: Self.file) { sink in
            sink.logger("supervision").warning(
                "Check failed",
                metadata: ["b": "two words", "a": .number(1), "c": ["x"], "d": "k=v", "e": "", "f": "plain"])
            sink.logger("store").info("Bare")
        }
        #expect(
            lines == [
                "\(Self.time) WARN  supervision Check failed a=1 b=\"two words\" c=[\"x\"] d=\"k=v\" e=\"\" f=plain",
                "\(Self.time) INFO  store       Bare",
            ])
    }

    @Test("the path comes first, and what only repeats it is left out")
    func path() throws {
        let same: Logger.Metadata = ["child_name": "flow", "worker_id": "box/flow", "hierarchy_path": "box/flow"]
        let other: Logger.Metadata = ["child_name": "flow", "worker_id": "box", "hierarchy_path": "box"]
        let lines = try capture(form: Self.file) { sink in
            sink.logger().info("m", metadata: same)
            sink.logger().info("m", metadata: other)
        }
        #expect(
            lines == [
                "\(Self.time) INFO  test        m box/flow",
                "\(Self.time) INFO  test        m box child_name=flow",
            ])
    }

    @Test("at a terminal the date is left out, what does not fit continues below, and steps have numbers")
    func continuation() throws {
        let lines = try capture(form: Self.terminal(60)) { sink in
            sink.logger("supervision").error(
                "Help",
                metadata: ["error": "ended with exit code 1", "hierarchy_path": "box", "manual_steps": ["a", "b"]])
        }
        let indentation = String(repeating: " ", count: 16)
        #expect(
            lines == [
                "02:05:30.123Z ERROR supervision Help box",
                "\(indentation)error=\"ended with exit code 1\"", "\(indentation)manual_steps:",
                "\(indentation)  1. a", "\(indentation)  2. b",
            ])
    }

    @Test("no text can steer the terminal or fake a line")
    func controlCharacters() throws {
        let lines = try capture(form: Self.terminal(200)) { sink in
            sink.logger().info("a\u{1B}[2J\nb", metadata: ["k": "\u{1B}]0;x\u{7}", "l": ["x\ny", "\u{1B}c"]])
        }
        #expect(lines.count == 4)
        #expect(lines.first?.contains(#"a\u001b[2J\nb"#) == true)
        #expect(lines.first?.hasSuffix(#"k="\u001b]0;x\u0007""#) == true)
        #expect(lines.dropFirst(2).map { $0.drop { $0 == " " } } == [#"- x\ny"#, #"- \u001bc"#])
    }

    @Test("levels are coloured, and colours take no room")
    func colours() throws {
        let lines = try capture(form: Self.terminal(60, colours: true)) { sink in
            sink.logger().error("m", metadata: ["key": .string(String(repeating: "x", count: 22))])
        }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("\u{1B}[31mERROR\u{1B}[0m") == true)
        #expect(lines.first?.contains("\u{1B}[2mkey=\u{1B}[0mxxx") == true)
    }

    @Test("a line that is too long is cut and says so", arguments: [Self.file, Self.terminal(80)])
    func truncation(form: LogForm) throws {
        let long = String(repeating: "é", count: 5_000)
        let list: Logger.MetadataValue = .array(Array(repeating: "element", count: 5_000))
        let lines = try capture(lineLimit: 1024, form: form) { sink in
            sink.logger(long).info(Logger.Message(stringLiteral: long), metadata: ["a": .string(long), "l": list])
        }
        let text = lines.joined(separator: "\n")
        #expect(text.utf8.count < 1024)
        #expect(text.hasSuffix(" [truncated]"))
        #expect(!text.contains("\u{FFFD}"))
    }

    @Test(
        "colours need a terminal and no NO_COLOR",
        arguments: [
            (true, nil, "xterm", true), (true, "", nil, true), (false, nil, "xterm", false),
            (true, "1", "xterm", false),
            (true, nil, "dumb", false),
        ] as [(Bool, String?, String?, Bool)])
    func colourRule(isTerminal: Bool, noColor: String?, terminal: String?, expected: Bool) {
        let colours = TextStyle.usesColours(isTerminal: isTerminal, noColor: noColor, terminal: terminal)
        #expect(colours == expected)
    }
}
