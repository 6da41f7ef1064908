import MetricSelection
import Testing

@Suite("Metric selector")
struct MetricSelectorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var description: String
        var testDescription: String { text }

        init(_ text: String, _ description: String) {
            self.text = text
            self.description = description
        }
    }

    @Test(
        "what PromQL reads is read the same",
        arguments: [
            Row("up", "up"),
            Row("job:up:sum5m", "job:up:sum5m"),
            Row(" up { } ", "up"),
            Row("up{}", "up"),
            Row(#"up{a="b"}"#, #"up{a="b"}"#),
            Row(#"up { a = "b" , c != "d" , }"#, #"up{a="b",c!="d"}"#),
            Row("up{\n\ta=\"b\"\r\n}", #"up{a="b"}"#),
            Row(#"up{a=""}"#, #"up{a=""}"#),
            Row("up{a='b\"c'}", #"up{a="b\"c"}"#),
            Row("up{a=`b\\n\"c\n`}", #"up{a="b\\n\"c\n"}"#),
            Row(#"up{a="b\\c\"d\ne"}"#, #"up{a="b\\c\"d\ne"}"#),
            Row(#"up{a='it\'s'}"#, #"up{a="it's"}"#),
            Row(#"up{a="\x41\101\u00e4\U0001F600\t"}"#, "up{a=\"AAä😀\t\"}"),
            Row(#"up{a="\xc3\xa4"}"#, #"up{a="ä"}"#),
            Row(#"up{a="ä}",a!="b"}"#, #"up{a="ä}",a!="b"}"#),
        ]
    )
    func reads(_ row: Row) throws {
        let selector = try MetricSelector(row.text)
        #expect(selector.description == row.description)
        #expect(try MetricSelector(selector.description) == selector)
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var text: String
        var problem: MetricSelectorError.Problem
        var position: Int
        var testDescription: String { text }

        init(_ text: String, _ problem: MetricSelectorError.Problem, _ position: Int) {
            self.text = text
            self.problem = problem
            self.position = position
        }
    }

    @Test(
        "a mistake is reported with its place",
        arguments: [
            Mistake("", .missingName, 1),
            Mistake("  ", .missingName, 3),
            Mistake("1up", .missingName, 1),
            Mistake(#"{a="b"}"#, .missingName, 1),
            Mistake("up-time", .missingBrace, 3),
            Mistake("up > 0", .missingBrace, 4),
            Mistake("up{", .missingLabel, 4),
            Mistake("up{,}", .missingLabel, 4),
            Mistake(#"up{a:b="c"}"#, .missingComparison, 5),
            Mistake(#"up{"a"="b"}"#, .missingLabel, 4),
            Mistake(#"up{__name__="b"}"#, .repeatedName, 4),
            Mistake(#"up{a "b"}"#, .missingComparison, 6),
            Mistake(#"up{a!"b"}"#, .missingComparison, 5),
            Mistake(#"up{a=~"b"}"#, .pattern, 5),
            Mistake(#"up{a!~"b"}"#, .pattern, 5),
            Mistake("up{a=b}", .missingValue, 6),
            Mistake("up{a==\"b\"}", .missingValue, 6),
            Mistake("up{a=", .missingValue, 6),
            Mistake(#"up{a="b"#, .missingQuote, 6),
            Mistake("up{a=\"b\n\"}", .missingQuote, 6),
            Mistake("up{a=`b", .missingQuote, 6),
            Mistake(#"up{ä="b"}"#, .missingLabel, 4),
            Mistake(#"up{a="ä\q"}"#, .unknownEscape, 8),
            Mistake(#"up{a="\'"}"#, .unknownEscape, 7),
            Mistake(#"up{a="\x4"}"#, .unknownEscape, 7),
            Mistake(#"up{a="\400"}"#, .unknownEscape, 7),
            Mistake(#"up{a="\08"}"#, .unknownEscape, 7),
            Mistake(#"up{a="\ud800"}"#, .unknownEscape, 7),
            Mistake(#"up{a="\UFFFFFFFF"}"#, .unknownEscape, 7),
            Mistake(#"up{a="\"#, .unknownEscape, 7),
            Mistake(#"up{a="\xff"}"#, .invalidText, 6),
            Mistake(#"up{a="b" c="d"}"#, .missingSeparator, 10),
            Mistake(#"up{a="b""#, .missingSeparator, 9),
            Mistake(#"up{a="b",,}"#, .missingLabel, 10),
            Mistake(#"up{a="b"}[5m]"#, .trailingText, 10),
        ]
    )
    func mistakes(_ row: Mistake) {
        let error = #expect(throws: MetricSelectorError.self) { try MetricSelector(row.text) }
        #expect(error?.problem == row.problem)
        #expect(error?.position == row.position)
    }

    @Test("no text makes the reader trap")
    func mutations() {
        let sample = Array(#"up{a="b\x41\u00e4",c!='d',e=`f`}"#.utf8)
        let pieces = Array("{}=!~,\"'`\\xuU07 aä\n".utf8)
        for (first, second) in (0..<sample.count).flatMap({ first in pieces.map { (first, $0) } }) {
            for third in stride(from: 0, to: sample.count, by: 5) {
                var bytes = sample
                bytes[first] = second
                bytes.remove(at: third)
                // Either way is right.
                _ = try? MetricSelector(String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}
