internal import Logging

/// A line under construction that never outgrows its limit.
///
/// What does not fit is cut at a character's boundary or left out whole, and `isTruncated` says so; whatever the limit,
/// the JSON written so far stays well-formed.
struct BoundedText {
    private(set) var bytes: [UInt8] = []
    private(set) var isTruncated = false
    /// The size that content may reach; closing marks of what is open are reserved already.
    private var limit: Int
    /// The size that one string may reach.
    private let stringLimit: Int
    private let redactor: Redactor

    /// Deeper metadata is left out: encoding recurses, and a thread's stack is finite.
    static let maximumDepth = 32

    init(limit: Int, stringLimit: Int, redactor: Redactor) {
        self.limit = limit
        self.stringLimit = stringLimit
        self.redactor = redactor
    }

    /// Appends fixed text without checking the limit; for the parts whose size the caller has reserved.
    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends a moment without checking the limit.
    mutating func time(_ time: WallTime) {
        time.appendRFC3339(to: &bytes)
    }

    /// Appends spaces up to a width counted from `start`, without checking the limit.
    mutating func pad(from start: Int, to width: Int) {
        let missing = start + width - bytes.count
        if missing > 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: missing)) }
    }

    /// Puts fixed text in the place of one byte without checking the limit.
    mutating func replaceByte(at index: Int, with text: StaticString) {
        text.withUTF8Buffer { bytes.replaceSubrange(index...index, with: $0) }
    }

    /// Runs `body` and takes back what it wrote unless it says that everything fitted.
    mutating func attempt(_ body: (inout BoundedText) -> Bool) -> Bool {
        let start = bytes.count
        if body(&self) { return true }
        bytes.removeLast(bytes.count - start)
        isTruncated = true
        return false
    }

    /// Appends fixed text, or returns false when it does not fit.
    mutating func fixed(_ text: StaticString) -> Bool {
        guard bytes.count + text.utf8CodeUnitCount <= limit else { return false }
        raw(text)
        return true
    }

    /// Appends a key; false when it does not fit as a whole, because half a key would be a different one.
    mutating func key(_ key: String, quoted: Bool) -> Bool {
        guard quoted else { return content(key, escapingQuotes: true) }
        return fixed("\"") && content(key, escapingQuotes: true) && fixed("\"")
    }

    /// Appends a JSON string, cut if it is too long; false when not even the quotes fit.
    mutating func string(_ text: String) -> Bool {
        guard bytes.count + 2 <= limit else {
            isTruncated = true
            return false
        }
        raw("\"")
        limit -= 1
        _ = content(text, escapingQuotes: true)
        limit += 1
        raw("\"")
        return true
    }

    /// Appends text without quotes, cut if it is too long; control characters are escaped.
    mutating func plain(_ text: String) {
        _ = content(text, escapingQuotes: false)
    }

    /// Appends a metadata value as JSON; false when it does not fit.
    mutating func value(_ value: Logger.MetadataValue, depth: Int = 0) -> Bool {
        guard depth < Self.maximumDepth else { return false }
        switch value {
        case .string(let text): return string(text)
        case .stringConvertible(let value): return scalar(value)
        case .array(let elements):
            return container("[", "]", elements) { text, element in text.value(element, depth: depth + 1) }
        case .dictionary(let fields):
            return container("{", "}", fields.sorted { $0.key < $1.key }) { text, field in
                text.key(field.key, quoted: true) && text.fixed(":") && text.value(field.value, depth: depth + 1)
            }
        }
    }

    private mutating func scalar(_ value: any CustomStringConvertible & Sendable) -> Bool {
        let description = value.description
        guard let typed = LogValue(value), typed.isLiteral else { return string(description) }
        var literal = typed.description
        // A secret may be a number, too; masked, it can only be a string.
        guard redactor.redact(literal) == literal else { return string(literal) }
        guard bytes.count + literal.utf8.count <= limit else { return false }
        literal.withUTF8 { bytes.append(contentsOf: $0) }
        return true
    }

    private mutating func container<Element>(
        _ open: StaticString, _ close: StaticString, _ elements: [Element],
        append: (inout BoundedText, Element) -> Bool
    ) -> Bool {
        guard bytes.count + 2 <= limit else { return false }
        raw(open)
        limit -= 1
        for (position, element) in elements.enumerated() {
            let fitted = attempt { text in (position == 0 || text.fixed(",")) && append(&text, element) }
            if !fitted { break }
        }
        limit += 1
        raw(close)
        return true
    }

    /// Appends redacted and escaped text up to the limits; false when it had to be cut.
    private mutating func content(_ text: String, escapingQuotes: Bool) -> Bool {
        let end = min(limit, bytes.count + stringLimit)
        var text = redactor.redact(text)
        return text.withUTF8 { utf8 in
            if bytes.count + utf8.count <= end, utf8.allSatisfy(Self.isPlain) {
                bytes.append(contentsOf: utf8)
                return true
            }
            var boundary = bytes.count
            for byte in utf8 {
                if byte & 0b1100_0000 != 0b1000_0000 { boundary = bytes.count }
                append(byte, escapingQuotes: escapingQuotes)
                guard bytes.count > end else { continue }
                bytes.removeLast(bytes.count - boundary)
                isTruncated = true
                return false
            }
            return true
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 0x7F
    }

    private mutating func append(_ byte: UInt8, escapingQuotes: Bool) {
        switch byte {
        case UInt8(ascii: "\""): escapingQuotes ? raw("\\\"") : bytes.append(byte)
        case UInt8(ascii: "\\"): raw("\\\\")
        case UInt8(ascii: "\n"): raw("\\n")
        case UInt8(ascii: "\r"): raw("\\r")
        case UInt8(ascii: "\t"): raw("\\t")
        case 0..<0x20, 0x7F:
            raw("\\u00")
            bytes.append(Self.hexadecimal(byte >> 4))
            bytes.append(Self.hexadecimal(byte & 0xF))
        default: bytes.append(byte)
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
