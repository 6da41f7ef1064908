/// The permission bits that new files of a process are made without.
public struct FileModeMask: Sendable, Hashable {
    /// The bits, at most `0o777`.
    public let bits: UInt32

    /// The usual mask: others may read but not write.
    static let standard = FileModeMask(bits: 0o022)

    private init(bits: UInt32) {
        self.bits = bits
    }

    /// Reads octal digits; nil where the text is no mask.
    ///
    /// - Parameter text: One to four octal digits up to `0777`.
    public init?(_ text: String) {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
            let bits = UInt32(text, radix: 8), bits <= 0o777
        else { return nil }
        self.bits = bits
    }
}

extension FileModeMask: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .string(let text) = content else { return nil }
        self.init(text)
    }

    package var content: ConfigurationValue.Content {
        let digits = String(bits, radix: 8)
        return .string(String(repeating: "0", count: 4 - digits.count) + digits)
    }
}
