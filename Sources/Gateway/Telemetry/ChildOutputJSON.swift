/// Reads a line that is one JSON object (RFC 8259), strictly and in one pass.
///
/// Lists and mappings within it are checked and passed over. Bounded by the length of a line; what nests deeper than
/// `depthLimit` is not read as JSON.
struct ChildOutputJSON {
    /// How deep lists and mappings may nest: reading recurses, and a thread's stack is finite.
    static let depthLimit = 32

    private struct Malformed: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    /// The fields of a line in their order; nil where it is not one JSON object.
    static func fields(of line: String) -> [ChildOutputMessage.Field]? {
        guard line.utf8.first(where: { !isBlank($0) }) == UInt8(ascii: "{") else { return nil }
        var line = line
        return line.withUTF8 { bytes in
            var reader = ChildOutputJSON(bytes: bytes)
            return reader.document()
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private mutating func document() -> [ChildOutputMessage.Field]? {
        do throws(Malformed) {
            let fields = try object(depth: 1)
            return next() == nil ? fields : nil
        } catch {
            return nil
        }
    }

    private mutating func object(depth: Int) throws(Malformed) -> [ChildOutputMessage.Field] {
        try expect("{")
        var fields: [ChildOutputMessage.Field] = []
        if next() == UInt8(ascii: "}") {
            index += 1
            return fields
        }
        while true {
            let name = try string()
            try expect(":")
            fields.append(ChildOutputMessage.Field(name: name, value: try value(depth: depth)))
            if try !continues(until: "}") { return fields }
        }
    }

    private mutating func array(depth: Int) throws(Malformed) {
        try expect("[")
        if next() == UInt8(ascii: "]") {
            index += 1
            return
        }
        repeat { _ = try value(depth: depth) } while try continues(until: "]")
    }

    private mutating func value(depth: Int) throws(Malformed) -> ChildOutputMessage.Value {
        switch next() {
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return .truth(try word("true", true))
        case UInt8(ascii: "f"): return .truth(try word("false", false))
        case UInt8(ascii: "n"): return try word("null", .other)
        case UInt8(ascii: "{"):
            guard depth < Self.depthLimit else { throw Malformed() }
            _ = try object(depth: depth + 1)
            return .other
        case UInt8(ascii: "["):
            guard depth < Self.depthLimit else { throw Malformed() }
            try array(depth: depth + 1)
            return .other
        default: return .number(try number())
        }
    }

    private mutating func number() throws(Malformed) -> String {
        let start = index
        skip("-")
        if !skip("0") { try digits() }
        if skip(".") { try digits() }
        if skip("e") || skip("E") {
            if !skip("+") { skip("-") }
            try digits()
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() throws(Malformed) {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
        if index == start { throw Malformed() }
    }

    private mutating func word<Meaning>(_ word: StaticString, _ meaning: Meaning) throws(Malformed) -> Meaning {
        let end = index + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ $0.elementsEqual(bytes[index..<end]) }) else {
            throw Malformed()
        }
        index = end
        return meaning
    }

    private mutating func string() throws(Malformed) -> String {
        try expect("\"")
        let start = index
        var unescaped: [UInt8] = []
        var copied = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                defer { index += 1 }
                if copied == start { return String(decoding: bytes[start..<index], as: UTF8.self) }
                return String(decoding: unescaped + bytes[copied..<index], as: UTF8.self)
            case UInt8(ascii: "\\"):
                unescaped.append(contentsOf: bytes[copied..<index])
                index += 1
                unescaped.append(contentsOf: UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter)
                copied = index
            case 0..<0x20: throw Malformed()
            default: index += 1
            }
        }
        throw Malformed()
    }

    /// Reads what follows a backslash; half a surrogate pair becomes the replacement character.
    private mutating func escape() throws(Malformed) -> Unicode.Scalar {
        guard index < bytes.count else { throw Malformed() }
        defer { index += 1 }
        switch bytes[index] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(bytes[index])
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codePoint()
        default: throw Malformed()
        }
    }

    /// Reads the digits after `\u`, and the second half of a surrogate pair; ends on the last digit.
    private mutating func codePoint() throws(Malformed) -> Unicode.Scalar {
        let first = try fourDigits()
        guard (0xD800..<0xDC00).contains(first), index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "\\"),
            bytes[index + 2] == UInt8(ascii: "u")
        else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        let middle = index
        index += 2
        let second = try fourDigits()
        if (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar((first & 0x3FF) << 10 + second & 0x3FF + 0x10000)
        {
            return scalar
        }
        index = middle
        return "\u{FFFD}"
    }

    private mutating func fourDigits() throws(Malformed) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            index += 1
            guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw Malformed()
            }
            code = code << 4 + UInt32(digit)
        }
        return code
    }

    /// Passes a comma, or the end of what it separates; false at the end.
    private mutating func continues(until end: Unicode.Scalar) throws(Malformed) -> Bool {
        let mark = next()
        index += 1
        if mark == UInt8(ascii: ",") { return true }
        guard mark == UInt8(ascii: end) else { throw Malformed() }
        return false
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(Malformed) {
        guard next() == UInt8(ascii: mark) else { throw Malformed() }
        index += 1
    }

    @discardableResult
    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: mark) else { return false }
        index += 1
        return true
    }

    /// The next byte that is not blank, without passing it; nil at the end.
    private mutating func next() -> UInt8? {
        while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
        return index < bytes.count ? bytes[index] : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }
}
