import ProcessControl
import Testing

@Suite("LineSplitter")
struct LineSplitterTests {
    private func split(_ chunks: [[UInt8]], limit: Int = 8) -> [OutputLine] {
        var splitter = LineSplitter(stream: .stdout, limit: limit)
        var lines: [OutputLine] = []
        for chunk in chunks {
            chunk.withUnsafeBytes { bytes in _ = splitter.append(bytes) { lines.append($0) } }
        }
        splitter.finish { lines.append($0) }
        return lines
    }

    private func texts(_ chunks: String...) -> [String] {
        split(chunks.map { Array($0.utf8) }).map(\.text)
    }

    @Test("lines end with LF or CR LF, wherever the bytes are cut")
    func lineEnds() {
        #expect(texts("a\nb\r\n", "c\r", "\nd", "e\n") == ["a", "b", "c", "de"])
        #expect(texts("\n\n") == ["", ""])
        #expect(texts("a\rb\n", "\r\r\n") == ["a\rb", "\r"])
    }

    @Test("a last line without line end is delivered at the end")
    func lastLine() {
        #expect(texts("a\nb") == ["a", "b"])
        #expect(texts("a\r") == ["a\r"])
        #expect(texts() == [])
    }

    @Test("a line over the limit is cut, and the dropped bytes are counted")
    func longLine() {
        let lines = split([Array("12345678".utf8), Array("9a".utf8), Array("bc\r\nnext\n".utf8)])
        #expect(
            lines == [
                OutputLine(stream: .stdout, text: "12345678", droppedBytes: 4),
                OutputLine(stream: .stdout, text: "next"),
            ]
        )
        #expect(lines[0].isTruncated)
        #expect(!lines[1].isTruncated)
    }

    @Test("a line exactly at the limit is whole, its CR aside")
    func exactLine() {
        #expect(split([Array("12345678\r\n".utf8)]) == [OutputLine(stream: .stdout, text: "12345678")])
    }

    @Test(
        "no character is cut in two",
        arguments: [("1234567é", 2), ("123456€", 3), ("12345😀x", 5), ("1234😀x", 1), ("12345678é", 2), ("1234567😀z", 5)]
    )
    func wholeCharacters(text: String, dropped: Int) {
        for cut in 0...text.utf8.count {
            let bytes = Array(text.utf8)
            let line = split([Array(bytes[..<cut]), Array(bytes[cut...])]).first
            #expect(line?.droppedBytes == dropped)
            #expect(line.map { text.hasPrefix($0.text) } == true)
        }
    }

    @Test("bytes that are not UTF-8 are escaped")
    func invalid() {
        let lines = split([[0x61, 0xFF, 0x62, 0xC3, 0x0A, 0x01, 0xE2, 0x82, 0x0A]], limit: 64)
        #expect(lines.map(\.text) == ["a\\xffb\\xc3", "\u{1}\\xe2\\x82"])
    }

    @Test("lines beyond the allowance are counted, whatever part of them has come before")
    func allowance() {
        var splitter = LineSplitter(stream: .stdout, limit: 8)
        var lines: [String] = []
        func append(_ text: String, allowance: Int) -> LineCount {
            Array(text.utf8).withUnsafeBytes { bytes in
                splitter.append(bytes, allowance: allowance) { lines.append($0.text) }
            }
        }
        #expect(append("a\nb\nc\nd", allowance: 2) == LineCount(passed: 2, dropped: 1))
        #expect(append("d\n\n", allowance: 0) == LineCount(dropped: 2))
        #expect(append("123456789\r", allowance: 0) == LineCount())
        #expect(append("\nnext\n", allowance: -3) == LineCount(dropped: 2))
        #expect(append("e", allowance: 0) == LineCount())
        #expect(append("f\n", allowance: 1) == LineCount(passed: 1))
        #expect(append("tail", allowance: 0) == LineCount())
        #expect(splitter.finish { lines.append($0.text) } == LineCount(passed: 1))
        #expect(splitter.finish { lines.append($0.text) } == LineCount())
        #expect(lines == ["a", "b", "ef", "tail"])
    }
}
