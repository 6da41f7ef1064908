import JSONLogging
import ProcessControl
import Testing

@testable import Gateway

@Suite("ChildOutputRecord")
struct ChildOutputRecordTests {
    private static let rows: [(OutputLine, String)] = [
        (OutputLine(stream: .stdout, text: "up"), "stdout up"),
        (OutputLine(stream: .stderr, text: ""), "stderr "),
        (OutputLine(stream: .stdout, text: "a\tb é 😀 €"), "stdout a\tb é 😀 €"),
        (OutputLine(stream: .stdout, text: "\u{1B}[2J\rx\u{7F}\0"), #"stdout \x1b[2J\x0dx\x7f\x00"#),
        (OutputLine(stream: .stdout, text: "\u{9B}2J \u{A0}\u{E9}"), "stdout \\xc2\\x9b2J \u{A0}\u{E9}"),
        (OutputLine(stream: .stdout, text: "cut", droppedBytes: 12), "stdout cut [12 bytes dropped]"),
    ]

    @Test("a record is one line with time and stream, and steers no terminal", arguments: rows)
    func encode(_ line: OutputLine, _ expected: String) {
        let time = WallTime(sinceEpoch: .milliseconds(1_795_226_730_123))
        let record = String(decoding: ChildOutputRecord.encode(line, at: time), as: UTF8.self)
        #expect(record == "2026-11-21T02:05:30.123Z \(expected)\n")
    }
}
