/// Steps through the bytes of a selector.
struct SelectorScanner {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { offset == bytes.count }

    /// The next byte; nil at the end.
    var next: UInt8? { isAtEnd ? nil : bytes[offset] }

    /// A mistake at the next character.
    func error(_ problem: MetricSelectorError.Problem) -> MetricSelectorError {
        let characters = bytes[..<offset].count { !UTF8.isContinuation($0) }
        return MetricSelectorError(problem: problem, position: characters + 1)
    }

    /// Takes the next byte; nil at the end.
    mutating func takeByte() -> UInt8? {
        guard let next else { return nil }
        offset += 1
        return next
    }

    /// Takes the next byte if it is this character.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    mutating func skipBlanks() {
        while take(" ") || take("\t") || take("\n") || take("\r") {}
    }

    /// Takes the name of a metric or of a label, of which the first may contain colons; nil where none begins.
    mutating func takeWord(allowingColons: Bool) -> String? {
        let start = offset
        while let next, Self.isWordByte(next, isFirst: offset == start, allowingColons: allowingColons) { offset += 1 }
        return start == offset ? nil : String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// Takes what follows a backslash between quotes, and returns the bytes it stands for; nil where it stands for none.
    ///
    /// Source: the escape sequences of Go, which PromQL has taken over
    /// (https://go.dev/ref/spec#Rune_literals).
    mutating func takeEscape(in quote: Unicode.Scalar) -> [UInt8]? {
        if take(quote) { return [UInt8(ascii: quote)] }
        guard let byte = takeByte() else { return nil }
        switch Unicode.Scalar(byte) {
        case "a": return [0x07]
        case "b": return [0x08]
        case "f": return [0x0C]
        case "n": return [0x0A]
        case "r": return [0x0D]
        case "t": return [0x09]
        case "v": return [0x0B]
        case "\\": return [byte]
        case "x": return takeNumber(digits: 2, radix: 16).map { [UInt8(truncatingIfNeeded: $0)] }
        case "u": return takeNumber(digits: 4, radix: 16).flatMap(Self.encoded)
        case "U": return takeNumber(digits: 8, radix: 16).flatMap(Self.encoded)
        case "0"..."7":
            offset -= 1
            return takeNumber(digits: 3, radix: 8).flatMap { UInt8(exactly: $0) }.map { [$0] }
        default: return nil
        }
    }

    private mutating func takeNumber(digits: Int, radix: UInt32) -> UInt32? {
        var number: UInt32 = 0
        for _ in 0..<digits {
            guard let byte = takeByte(), let digit = Self.digit(byte), digit < radix else { return nil }
            // Eight hexadecimal digits are exactly what fits.
            number = number &* radix &+ digit
        }
        return number
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt32($0) }
    }

    private static func encoded(_ number: UInt32) -> [UInt8]? {
        Unicode.Scalar(number).map { Array(String($0).utf8) }
    }

    private static func isWordByte(_ byte: UInt8, isFirst: Bool, allowingColons: Bool) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "_": true
        case "0"..."9": !isFirst
        case ":": allowingColons
        default: false
        }
    }
}
