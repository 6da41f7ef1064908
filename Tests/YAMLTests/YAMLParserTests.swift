import Testing
import YAML

@Suite("YAML parser")
struct YAMLParserTests {
    @Test("a mapping keeps order, places and duplicate keys")
    func mapping() throws {
        let root = try #require(try parse("b: 1\na: [x, 'y']\nb: 2\n"))
        let entries = try #require(root.mapping)
        #expect(entries.map(\.key.scalar?.text) == ["b", "a", "b"])
        #expect(entries.map(\.key.mark) == [mark(1, 1), mark(2, 1), mark(3, 1)])
        #expect(root["a"]?.sequence?.map(\.mark) == [mark(2, 5), mark(2, 8)])
        #expect(root["a"]?.sequence?.map(\.scalar) == [.init("x", isPlain: true), .init("y", isPlain: false)])
        #expect(root["b"]?.scalar?.text == "1")
    }

    @Test("a text without content has no root", arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}"])
    func empty(text: String) throws {
        #expect(try parse(text) == nil)
    }

    @Test("an empty document is a null scalar", arguments: ["---\n", "~", "null", "--- \n...\n"])
    func null(text: String) throws {
        #expect(try parse(text)?.scalar?.isNull == true)
    }

    @Test("quoted and block scalars are never null or plain", arguments: ["''", "\"\"", "|\n", "'null'"])
    func quoted(text: String) throws {
        let scalar = try #require(try parse(text)?.scalar)
        #expect(!scalar.isNull)
        #expect(!scalar.isPlain)
    }

    @Test("columns count characters and survive a byte order mark and CRLF")
    func columns() throws {
        let root = try #require(try parse("\u{FEFF}ä: ö\r\nb: {cé: d}\r\n"))
        #expect(root["ä"]?.mark == mark(1, 4))
        #expect(root["b"]?["cé"]?.mark == mark(2, 9))
    }

    @Test("an explicit tag is kept in its long form")
    func tag() throws {
        #expect(try parse("!!str 5")?.tag == "tag:yaml.org,2002:str")
        #expect(try parse("5")?.tag == nil)
    }

    @Test("an escaped NUL is part of the text")
    func escapedNUL() throws {
        #expect(try parse(#""a\0b""#)?.scalar?.text == "a\0b")
    }

    @Test(
        "a broken text is refused with its place",
        arguments: [
            ("a: [1, 2\nb: 3\n", YAMLError.Code.syntax, 2, 2),
            ("a: 1\n b: 2\n", .syntax, 2, 3),
            ("a:\n\tb: 1\n", .syntax, 2, 1),
            ("a: 'x\n", .syntax, 2, 1),
            ("a: 1\n---\nb: 2\n", .severalDocuments, 2, 1),
            ("a: *nowhere\n", .unknownAlias, 1, 4),
            ("a: &a [*a]\n", .unknownAlias, 1, 8),
            ("a: 1\nb: \0\n", .encoding, 2, 4),
            ("a: \u{7}\n", .encoding, 1, 4),
            (String(repeating: "[", count: 65), .limit, 1, 65),
            (String(repeating: "%TAG !a! x\n", count: 17), .limit, 17, 1),
        ]
    )
    func refused(text: String, code: YAMLError.Code, line: Int, column: Int) {
        let error = #expect(throws: YAMLError.self) { try parse(text) }
        #expect(error?.code == code)
        #expect(error?.mark == mark(line, column))
    }

    @Test("a text that is not UTF-8 is refused with the byte and its place")
    func notUTF8() {
        let bytes = Array("a: ä\nb: é".utf8) + [0xFF] + Array("\n".utf8)
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(bytes: bytes) }
        #expect(error?.code == .encoding)
        #expect(error?.mark == mark(2, 5))
        #expect(error?.message.contains("byte 11") == true)
    }

    @Test("a text in UTF-16 is refused")
    func utf16() {
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(bytes: [0xFF, 0xFE, 0x61, 0x00]) }
        #expect(error?.code == .encoding)
    }

    @Test("a text over the size limit is refused before parsing")
    func size() {
        let error = #expect(throws: YAMLError.self) {
            try YAMLParser.parse(bytes: Array("abcde".utf8), limits: YAMLLimits(maximumBytes: 4))
        }
        #expect(error?.code == .limit)
    }

    private func parse(_ text: String) throws(YAMLError) -> YAMLNode? {
        try YAMLParser.parse(bytes: Array(text.utf8))
    }

    private func mark(_ line: Int, _ column: Int) -> YAMLMark {
        YAMLMark(line: line, column: column)
    }
}
