/// A text as one path component or one field: all but letters, digits, `-`, `_` and `.` is percent-escaped.
package struct EscapedName: Equatable, Sendable {
    /// The escaped form; never empty, never `.` or `..`.
    package let text: String
    /// The text that it stands for.
    package let original: String

    /// Escapes a text.
    package init(_ original: String) {
        self.original = original
        var text = ""
        for byte in original.utf8 {
            let isLeadingDot = text.isEmpty && byte == UInt8(ascii: ".")
            if Self.isPlain(byte), !isLeadingDot {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16)
            }
        }
        self.text = text.isEmpty ? "%" : text
    }

    /// The reverse; nil if `text` is not an escaped form.
    package init?(text: String) {
        var bytes: [UInt8] = []
        var rest = text == "%" ? ""[...] : text[...]
        while let first = rest.utf8.first {
            guard first == UInt8(ascii: "%") else {
                bytes.append(first)
                rest = rest.dropFirst()
                continue
            }
            guard let byte = UInt8(rest.dropFirst().prefix(2), radix: 16), rest.utf8.count >= 3 else {
                return nil
            }
            bytes.append(byte)
            rest = rest.dropFirst(3)
        }
        guard let original = String(validating: bytes, as: UTF8.self), Self(original).text == text else {
            return nil
        }
        self.text = text
        self.original = original
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default:
            false
        }
    }
}
