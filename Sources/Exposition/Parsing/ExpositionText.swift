/// A name, a label's value or a description: a view into the parsed bytes, valid only while a visitor is called.
///
/// Escape sequences are replaced only when the text is asked for as a `String`. All texts are valid UTF-8.
public struct ExpositionText {
    /// What a backslash means in a text.
    enum Escaping {
        /// Itself.
        case none
        /// The start of `\\`, `\n` or `\"`.
        case quoted
        /// The start of `\\` or `\n`.
        case help
    }

    /// The bytes as they are written, without quotes.
    let bytes: UnsafeRawBufferPointer
    private let escaping: Escaping

    init(_ bytes: UnsafeRawBufferPointer, escaping: Escaping) {
        self.bytes = bytes
        self.escaping = escaping
    }

    /// Whether nothing is written.
    public var isEmpty: Bool { bytes.isEmpty }

    /// The bytes of the text with its escape sequences replaced; a copy.
    var utf8: [UInt8] { escaping == .none ? Array(bytes) : unescaped }

    /// The text with its escape sequences replaced; a copy.
    ///
    /// A backslash that starts no known sequence stands for itself.
    public var string: String {
        switch escaping {
        case .none: String(decoding: bytes, as: UTF8.self)
        case .quoted, .help: String(decoding: unescaped, as: UTF8.self)
        }
    }

    /// Compares bytes, without allocation unless there are escape sequences.
    ///
    /// - Parameters:
    ///   - left: A text.
    ///   - right: What it may be.
    /// - Returns: Whether the bytes are the same.
    public static func == (left: ExpositionText, right: StaticString) -> Bool {
        right.withUTF8Buffer { left.equals(UnsafeRawBufferPointer($0)) }
    }

    /// Compares bytes, without allocation unless there are escape sequences.
    ///
    /// - Parameters:
    ///   - left: A text.
    ///   - right: What it may be.
    /// - Returns: Whether the bytes are the same.
    public static func == (left: ExpositionText, right: String) -> Bool {
        let equal = right.utf8.withContiguousStorageIfAvailable { left.equals(UnsafeRawBufferPointer($0)) }
        return equal ?? (left.string == right)
    }

    private func equals(_ other: UnsafeRawBufferPointer) -> Bool {
        switch escaping {
        case .none: bytes.count == other.count && bytes.elementsEqual(other)
        case .quoted, .help: unescaped.elementsEqual(other)
        }
    }

    private var unescaped: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let meaning = meaning(ofEscaped: rest.first) else {
                result.append(byte)
                continue
            }
            result.append(meaning)
            rest.removeFirst()
        }
        return result
    }

    /// What a backslash and the byte after it stand for; `nil` where they stand for themselves.
    private func meaning(ofEscaped byte: UInt8?) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\\"): UInt8(ascii: "\\")
        case UInt8(ascii: "n"): UInt8(ascii: "\n")
        case UInt8(ascii: "\""): escaping == .help ? nil : UInt8(ascii: "\"")
        default: nil
        }
    }
}
