import EmbeddedFiles
import Testing

@Suite("Shortened rules")
struct ShortenedRulesTests {
    @Test("conditions and ranges are shortened, and an hour elsewhere stays")
    func durations() {
        let rules = """
            - expr: rate(a[5m]) > 5 unless a[2m:30s] offset 1h
              for: 10m
              annotations: {summary: "for 10m, 5m"}
            """
        let expected = """
            - expr: rate(a[10s]) > 5 unless a[4s:1s] offset 120s
              for: 1s
              annotations: {summary: "for 10m, 5m"}
            """
        #expect(ShortenedRules(rules).text == expected)
    }

    @Test("the copy of the rules of the binary differs from them in durations only")
    func durationsOnly() throws {
        let rules = try #require(EmbeddedFiles.alerts.first).text
        let changes = try #require(ShortenedRules(rules).changes(from: rules))
        #expect(!changes.isEmpty)
        for change in changes {
            #expect(change.original.wholeMatch(of: /\d+[smhd]/) != nil, "\(change)")
            #expect(change.copy.wholeMatch(of: /\d+s/) != nil, "\(change)")
        }
    }
}
