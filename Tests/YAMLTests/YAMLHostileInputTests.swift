import Supervision
import Testing
import YAML

@Suite("YAML with hostile input")
struct YAMLHostileInputTests {
    @Test("whatever the bytes are, the parser answers", arguments: 0..<200)
    func noise(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let alphabet = Array("[]{}:,-?&*!|>'\"%@`#\\~ \t\r\n0ax\u{85}\u{2028}é\u{FEFF}".utf8) + [0, 0xFF, 0xC3, 0x80]
        let bytes = (0..<400).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
        // Only that it returns counts: noise may well be valid.
        _ = try? YAMLParser.parse(bytes: bytes)
    }

    @Test(
        "a long run of one construct ends in an answer",
        arguments: [
            "[", "{", "{a: ", "- ", "? ", "a: ", "&a ", "!a ", "*a ", "'", "\"", "|\n", "%\n", "---\n", "\n", "\t", "a",
            "#",
        ]
    )
    func runs(construct: String) {
        let bytes = Array(String(repeating: construct, count: 200_000).utf8)
        // Only that it returns counts: some of these are valid.
        _ = try? YAMLParser.parse(bytes: bytes)
    }

    @Test("a scalar of 4 MiB is read whole")
    func hugeScalar() throws {
        let bytes = Array(repeating: UInt8(ascii: "x"), count: 4 << 20)
        #expect(try YAMLParser.parse(bytes: bytes)?.scalar?.text.utf8.count == 4 << 20)
    }
}
