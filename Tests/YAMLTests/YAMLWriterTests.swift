import Supervision
import Testing
import YAML

@Suite("YAML writer")
struct YAMLWriterTests {
    @Test("a document is written in block style, in its own order")
    func document() throws {
        let value = YAMLValue.mapping([
            YAMLField(
                "http", .mapping([YAMLField("enabled", .boolean(true)), YAMLField("address", .string("127.0.0.1:80"))])),
            YAMLField(
                "input",
                .mapping([
                    YAMLField("label", .string("")),
                    YAMLField("generate", .mapping([YAMLField("mapping", .string("root.a = 1\nroot.b = 2\n"))])),
                ])
            ),
            YAMLField("topics", .sequence([.string("a"), .sequence([.integer(-5), .plain("1.50")]), .mapping([])])),
            YAMLField("none", .null),
            YAMLField("list", .sequence([])),
        ])
        let expected = """
            http:
              enabled: true
              address: "127.0.0.1:80"
            input:
              label: ""
              generate:
                mapping: |
                  root.a = 1
                  root.b = 2
            topics:
            - a
            - - -5
              - 1.50
            - {}
            none: null
            list: []

            """
        #expect(try text(value) == expected)
    }

    @Test(
        "a string that a reader could take for something else is quoted, others are not",
        arguments: [
            ("", "\"\""), ("~", "\"~\""), ("null", "\"null\""), ("True", "\"True\""), ("no", "\"no\""),
            ("Y", "\"Y\""), ("off", "\"off\""), ("5", "\"5\""), ("-1.5e3", "\"-1.5e3\""), ("0o17", "\"0o17\""),
            ("1_000", "\"1_000\""), (".inf", "\".inf\""), ("2026-11-21", "\"2026-11-21\""),
            ("12:30:45", "\"12:30:45\""),
            ("<<", "\"<<\""), ("=", "\"=\""), ("-", "\"-\""), ("a", "a"), ("noon", "noon"),
            ("root = this", "root = this"), ("http://a:1/b?c=d#e", "http://a:1/b?c=d#e"), ("${HOST}", "${HOST}"),
            ("a: b", "'a: b'"), ("a #b", "'a #b'"), ("*a", "'*a'"), ("{{ a }}", "'{{ a }}'"), (" a", "' a'"),
            ("a ", "'a '"), ("it's", "it's"), ("a\tb", "\"a\\tb\""), ("a\u{0}b", "\"a\\0b\""),
            ("a\u{2028}b", "\"a\\Lb\""), ("\u{FEFF}a", "\"\\uFEFFa\""), ("Größe", "Größe"), ("\u{7}", "\"\\a\""),
        ]
    )
    func quoting(string: String, expected: String) throws {
        let written = try text(.string(string))
        // After a plain scalar the end of the document is marked.
        #expect(written == "\(expected)\n" || written == "\(expected)\n...\n", "\(written)")
        #expect(try value(of: written) == .string(string))
    }

    @Test(
        "a scalar whose type its reader decides is written without quotes",
        arguments: [
            "null", "true", "5", "-1.5e3", "0x1F", "0o17", "1_000", "yes", "2026-11-21", "10.0.0.1:502", ".inf",
        ]
    )
    func plain(text: String) throws {
        #expect(try self.text(.mapping([YAMLField("a", .plain(text))])) == "a: \(text)\n")
    }

    @Test(
        "a text that is no scalar without quotes is written as a string",
        arguments: ["", "5: 6", "5 #", "a", "5\n6", "[1", "5:"]
    )
    func notPlain(text: String) throws {
        #expect(try value(of: self.text(.plain(text))) == .string(text))
    }

    @Test(
        "a string of several lines is a block where that keeps every character",
        arguments: [
            ("a\nb", "k: |-\n  a\n  b\n"), ("a\n", "k: |\n  a\n"), ("a\n\n b\n", "k: |\n  a\n\n   b\n"),
            ("a\n\n", "k: \"a\\n\\n\"\n"), ("\na", "k: \"\\na\"\n"), (" a\nb", "k: \" a\\nb\"\n"),
            ("a\r\nb", "k: \"a\\r\\nb\"\n"), ("5\n6", "k: |-\n  5\n  6\n"), ("# a\n", "k: |\n  # a\n"),
        ]
    )
    func blocks(string: String, expected: String) throws {
        let value = YAMLValue.mapping([YAMLField("k", .string(string))])
        let written = try text(value)
        #expect(written == expected)
        #expect(try self.value(of: written) == value)
    }

    @Test("keys are strings, whatever they look like")
    func keys() throws {
        let fields = ["", "5", "true", "a: b", "a\nb", String(repeating: "k", count: 200), "{", "?"].map {
            YAMLField($0, .integer(1))
        }
        let written = try text(.mapping(fields))
        #expect(try value(of: written) == .mapping(fields), "\(written)")
    }

    @Test("whatever a value holds, it reads as the same again, and writes the same again", arguments: 0..<500)
    func roundTrip(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let value = Self.value(depth: 0, using: &generator)
        let written = try text(value)
        let read = try self.value(of: written)
        #expect(read == value, "\(written)")
        #expect(try text(read) == written)
    }

    private static func value(depth: Int, using generator: inout SplitMix64) -> YAMLValue {
        switch Int.random(in: 0..<(depth < 4 ? 6 : 3), using: &generator) {
        case 0: .plain(["null", "true", "5", "1.5", "yes", "0x1F"].randomElement(using: &generator) ?? "5")
        case 1, 2: .string(string(using: &generator))
        case 3:
            .sequence(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(depth: depth + 1, using: &generator) })
        default:
            .mapping(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
                    YAMLField(string(using: &generator), value(depth: depth + 1, using: &generator))
                }
            )
        }
    }

    private static func string(using generator: inout SplitMix64) -> String {
        let pieces = [
            "a", "b", " ", "  ", "\n", "\n\n", "\t", "\r", ":", ": ", " #", "#", "-", "- ", "?", "? ", "{", "}", "[",
            "]",
            ",", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\\", "1", "é", "\u{85}", "\u{2028}", "\u{FEFF}",
            "\u{1F600}", "\u{0}", "---", "...", "null", "~", "\u{7F}", "\u{FFFE}", "\u{10FFFF}", "<<", "=", "{{",
            "${A}",
        ]
        return (0..<Int.random(in: 0..<8, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
    }

    private func text(_ value: YAMLValue) throws -> String {
        String(decoding: try YAMLWriter.write(value), as: UTF8.self)
    }

    private func value(of text: String) throws -> YAMLValue {
        let node = try #require(try YAMLParser.parse(bytes: Array(text.utf8)), "\(text)")
        return Self.value(node)
    }

    private static func value(_ node: YAMLNode) -> YAMLValue {
        switch node.content {
        case .scalar(let scalar):
            scalar.isPlain && YAMLPlainText.mayStandPlain(scalar.text) ? .plain(scalar.text) : .string(scalar.text)
        case .sequence(let elements): .sequence(elements.map(value))
        case .mapping(let entries):
            .mapping(entries.map { YAMLField($0.key.scalar?.text ?? "a collection", value($0.value)) })
        }
    }
}

@Suite("YAML values")
struct YAMLValueTests {
    private let base = YAMLValue.mapping([
        YAMLField("a", .mapping([YAMLField("b", .integer(1)), YAMLField("c", .string("x"))])),
        YAMLField("d", .sequence([.integer(1)])),
    ])

    @Test("a key is found, set where it stands, and added at the end")
    func keys() {
        #expect(base["a"]?["c"] == .string("x"))
        #expect(base["c"] == nil && YAMLValue.null["c"] == nil)
        let changed = base.setting("a", to: .null).setting("e", to: .boolean(false))
        let fields = [
            YAMLField("a", .null), YAMLField("d", .sequence([.integer(1)])), YAMLField("e", .plain("false")),
        ]
        #expect(changed == .mapping(fields))
        #expect(YAMLValue.null.setting("a", to: .null) == .mapping([YAMLField("a", .null)]))
    }

    @Test("mappings merge key by key, everything else is replaced")
    func merging() {
        let over = YAMLValue.mapping([
            YAMLField("d", .sequence([])),
            YAMLField("a", .mapping([YAMLField("e", .null), YAMLField("b", .integer(2))])),
        ])
        let expected = YAMLValue.mapping([
            YAMLField(
                "a",
                .mapping([YAMLField("b", .integer(2)), YAMLField("c", .string("x")), YAMLField("e", .null)])
            ),
            YAMLField("d", .sequence([])),
        ])
        #expect(base.merged(with: over) == expected)
        #expect(base.merged(with: .null) == .null)
        #expect(YAMLValue.null.merged(with: base) == base)
    }
}
