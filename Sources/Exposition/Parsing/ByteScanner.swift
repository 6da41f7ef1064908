/// A position in bytes that are read from front to back; no operation reads outside of them.
struct ByteScanner {
    let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { position >= bytes.count }

    /// The next byte; a newline at the end, so that a last line without one reads like any other.
    var byte: UInt8 { isAtEnd ? UInt8(ascii: "\n") : bytes[position] }

    /// Steps over the next byte; stays at the end.
    mutating func step() {
        if !isAtEnd { position += 1 }
    }

    /// Steps over the next byte if it is the one asked for, and tells whether it was.
    mutating func take(_ expected: UInt8) -> Bool {
        guard !isAtEnd, bytes[position] == expected else { return false }
        position += 1
        return true
    }

    /// Steps over a word if it comes next, and tells whether it did.
    mutating func take(word: StaticString) -> Bool {
        let comesNext = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
        if comesNext { position += word.utf8CodeUnitCount }
        return comesNext
    }

    /// Steps over bytes up to the first that is different, or to the end.
    mutating func skip(while isSkipped: (UInt8) -> Bool) {
        while position < bytes.count, isSkipped(bytes[position]) { position += 1 }
    }

    /// Steps over bytes like `skip`, and returns them.
    mutating func text(while isPart: (UInt8) -> Bool) -> UnsafeRawBufferPointer {
        let start = position
        skip(while: isPart)
        return since(start)
    }

    /// The bytes from an earlier position to this one.
    func since(_ start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
}

// MARK: What both formats are made of

extension ByteScanner {
    /// Reads `[a-zA-Z_:][a-zA-Z0-9_:]*`; `nil`, without having moved, where it does not come next.
    mutating func metricName() -> ExpositionText? {
        guard !Self.isDigit(byte) else { return nil }
        let name = text { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":") }
        return name.isEmpty ? nil : ExpositionText(name, escaping: .none)
    }

    /// Reads `[a-zA-Z_][a-zA-Z0-9_]*` or a quoted name; `nil`, without having moved, where neither comes next.
    mutating func labelName(lineBreaks: Bool = true) -> ExpositionText? {
        guard byte != UInt8(ascii: "\"") else { return quotedText(lineBreaks: lineBreaks) }
        guard !Self.isDigit(byte) else { return nil }
        let name = text { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "_") }
        return name.isEmpty ? nil : ExpositionText(name, escaping: .none)
    }

    /// Reads a text in double quotes; `nil`, without having moved, where none comes next or its end is missing.
    ///
    /// A backslash protects the byte after it, which must not be a newline. A newline of its own is part of the text
    /// with `lineBreaks`, and is refused otherwise.
    mutating func quotedText(lineBreaks: Bool = true) -> ExpositionText? {
        guard byte == UInt8(ascii: "\"") else { return nil }
        var index = position + 1
        var escaping = ExpositionText.Escaping.none
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let text = UnsafeRawBufferPointer(rebasing: bytes[position + 1..<index])
                position = index + 1
                return ExpositionText(text, escaping: escaping)
            case UInt8(ascii: "\\"):
                guard index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "\n") else { return nil }
                escaping = .quoted
                index += 2
            case UInt8(ascii: "\n") where !lineBreaks:
                return nil
            default:
                index += 1
            }
        }
        return nil
    }
}
