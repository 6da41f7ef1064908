/// A number of bytes.
public struct ByteCount: Sendable, Hashable, Comparable {
    /// The number; never negative.
    public let bytes: Int

    /// Units by their letter, the largest first.
    ///
    /// Source: systemd.syntax(7) and the option `--memory` of Redpanda, where `K` is 1024. Decimal units such as `MB` are
    /// not accepted, because what they mean differs from program to program.
    private static let units: [(letter: String, bytes: Int)] = [
        ("T", 1 << 40), ("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10),
    ]

    /// Makes a count.
    ///
    /// - Parameter bytes: The number of bytes; a negative one counts as 0.
    public init(bytes: Int) {
        self.bytes = max(0, bytes)
    }

    /// Makes a count of mebibytes.
    static func mebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 20) }

    /// Makes a count of gibibytes.
    static func gibibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 30) }

    /// Makes a count of tebibytes.
    static func tebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 40) }

    /// Reads a number of bytes; nil where the text is none or exceeds 64 bits.
    ///
    /// - Parameter text: Digits, then nothing for bytes, or a unit of powers of 1024: `K`, `Ki` or `KiB`, and likewise
    ///   with `M`, `G` and `T`.
    public init?(_ text: String) {
        let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let count = Int(Substring(digits)) else { return nil }
        let unit = String(text.dropFirst(digits.count))
        if unit.isEmpty {
            self.init(bytes: count)
            return
        }
        guard let size = Self.units.first(where: { [$0.letter, "\($0.letter)i", "\($0.letter)iB"].contains(unit) })
        else { return nil }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: size.bytes)
        guard !overflows else { return nil }
        self.init(bytes: bytes)
    }

    /// Orders counts by size.
    public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}

extension ByteCount: CustomStringConvertible {
    /// The count in the largest unit that divides it, such as `2G`, as Redpanda and systemd read it.
    public var description: String {
        guard bytes > 0, let unit = Self.units.first(where: { bytes.isMultiple(of: $0.bytes) }) else {
            return "\(bytes)"
        }
        return "\(bytes / unit.bytes)\(unit.letter)"
    }
}

extension ByteCount: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .string(let text) = content else { return nil }
        self.init(text)
    }

    package var content: ConfigurationValue.Content { .string(description) }
}
