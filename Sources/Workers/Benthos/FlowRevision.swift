/// Names one text of a flow's configuration: equal texts have equal revisions.
public struct FlowRevision: Hashable, Sendable, CustomStringConvertible {
    /// 16 hexadecimal digits.
    public let description: String

    /// Computes the revision of a text.
    ///
    /// Tells changes apart, and is no protection against somebody who looks for a collision. Formula: FNV-1a with 64 bits
    /// (https://datatracker.ietf.org/doc/draft-eastlake-fnv).
    ///
    /// - Parameter text: the configuration.
    public init(of text: some StringProtocol) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        description = String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Reads a revision as it is written; nil where the text is none.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == 16, UInt64(text, radix: 16) != nil else { return nil }
        description = String(text)
    }
}
