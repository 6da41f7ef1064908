import Testing
import YAML

@Suite("YAML aliases")
struct YAMLAliasTests {
    @Test("an alias becomes a copy of its anchor with its own place")
    func expansion() throws {
        let root = try #require(try YAMLParser.parse(bytes: Array("a: &x {k: [1, 2]}\nb: *x\n".utf8)))
        #expect(root["a"]?.content == root["b"]?.content)
        #expect(root["b"]?.mark == YAMLMark(line: 2, column: 4))
    }

    @Test("a bomb of nested aliases is refused by the number of nodes")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(bytes: Array(text.utf8)) }
        #expect(error?.code == .limit)
        #expect((error?.mark.line ?? .max) <= 6)
    }

    @Test("aliases cannot nest collections deeper than the limit")
    func depth() {
        var text = "a0: &a0 [x]\n"
        for level in 1...80 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(bytes: Array(text.utf8)) }
        #expect(error?.code == .limit)
        #expect(error?.message.contains("64 levels") == true)
    }

    @Test("the node limit counts every node exactly once", arguments: [(7, true), (6, false)])
    func nodeCount(limit: Int, isAccepted: Bool) {
        // Root, two keys, the list, its two elements, and one scalar value.
        let bytes = Array("a: [1, 2]\nb: c\n".utf8)
        // Here the error is the answer that is asked for.
        let root = try? YAMLParser.parse(bytes: bytes, limits: YAMLLimits(maximumNodes: limit))
        #expect((root != nil) == isAccepted)
    }
}
