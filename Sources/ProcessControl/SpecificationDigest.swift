/// A stable fingerprint of what was started, to tell whether a configuration would start the same today.
///
/// 128 bits of FNV-1a (Fowler, Noll, Vo). It covers the values of environment variables: without them, a child
/// would keep running with settings of yesterday. Such a value may be a short secret, which can be guessed from a digest,
/// so a digest is kept only where the environment itself can be read as well (a record has the permissions of
/// /proc/PID/environ) and has no printable form.
public struct SpecificationDigest: Hashable, Sendable, CustomStringConvertible {
    private static let offsetBasis: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

    private var value = Self.offsetBasis

    /// The digest of nothing.
    package init() {}

    /// Understands the form that a record has; nil if it is another.
    package init?(recorded text: some StringProtocol) {
        guard text.utf8.count == 32, let value = UInt128(text, radix: 16) else {
            return nil
        }
        self.value = value
    }

    /// The form for a record: 32 hexadecimal digits.
    package var recorded: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }

    /// A placeholder: the digest itself is not for logs.
    public var description: String { "digest" }

    /// Takes in bytes.
    package mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            value = (value ^ UInt128(byte)) &* Self.prime
        }
    }

    /// Takes in a text and where it ends, so that no two lists of texts look alike.
    mutating func combine(_ text: String) {
        combine(UInt64(text.utf8.count))
        combine(text.utf8)
    }

    /// Takes in a list of texts and where it ends.
    mutating func combine(_ texts: [String]) {
        combine(UInt64(texts.count))
        for text in texts {
            combine(text)
        }
    }

    /// Takes in a number.
    mutating func combine(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { combine($0) }
    }
}
