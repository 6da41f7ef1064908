import JSONLogging
import Logging
import Testing

@Suite("TextLogHandler")
struct TextLogHandlerTests {
    @Test("time, level, component, message and key=value stand in columns")
    func columns() throws {
        let lines = try capture { sink in
            sink.textLogger("supervisor").warning(
                "Check failed",
                metadata: ["b": "two words", "a": .number(1), "c": ["x"], "d": "k=v", "e": "", "f": "plain"])
            sink.textLogger("supervisor").info("Bare")
        }
        let message = "Check failed".padding(48)
        let time = "2026-11-21T02:05:30.123Z"
        #expect(
            lines == [
                "\(time) WARNING  supervisor           \(message) a=1 b=\"two words\" c=[\"x\"] d=\"k=v\" e=\"\" f=plain",
                "\(time) INFO     supervisor           Bare",
            ])
    }

    @Test("no text can steer the terminal or fake a line")
    func controlCharacters() throws {
        let lines = try capture { $0.textLogger().info("a\u{1B}[2J\nb", metadata: ["k": "\u{1B}]0;x\u{7}"]) }
        #expect(lines.count == 1)
        #expect(lines.first?.contains(#"a\u001b[2J\nb"#) == true)
        #expect(lines.first?.hasSuffix(#"k="\u001b]0;x\u0007""#) == true)
    }

    @Test("only the level is coloured")
    func colours() throws {
        let lines = try capture { $0.textLogger(colours: true).error("m") }
        #expect(lines.first?.contains("\u{1B}[31mERROR   \u{1B}[0m test") == true)
    }

    @Test("a line that is too long is cut and says so")
    func truncation() throws {
        let long = String(repeating: "é", count: 5_000)
        let lines = try capture(lineLimit: 1024) { sink in
            sink.textLogger(long).info(Logger.Message(stringLiteral: long), metadata: ["a": .string(long)])
        }
        #expect(lines.count == 1)
        #expect(lines.first?.utf8.count ?? .max < 1024)
        #expect(lines.first?.hasSuffix(" [truncated]") == true)
    }

    @Test(
        "colours need a terminal and no NO_COLOR",
        arguments: [
            (true, nil, "xterm", true), (true, "", nil, true), (false, nil, "xterm", false),
            (true, "1", "xterm", false),
            (true, nil, "dumb", false),
        ] as [(Bool, String?, String?, Bool)])
    func colourRule(isTerminal: Bool, noColor: String?, terminal: String?, expected: Bool) {
        let colours = TextLogHandler.usesColours(isTerminal: isTerminal, noColor: noColor, terminal: terminal)
        #expect(colours == expected)
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: width - count)
    }
}
