/// Writes a tree of values as one YAML document.
public enum YAMLWriter {
    /// Writes a document in block style.
    ///
    /// The same value always gives the same bytes, and ``YAMLParser`` reads them as the same value. Strings that any
    /// version of YAML reads as something else are quoted; strings of several lines are literal blocks where that keeps
    /// every character. May be called from any thread; does not block. Calls itself for each level of nesting.
    ///
    /// - Parameter value: The document.
    /// - Returns: The text in UTF-8, ending with a line break.
    /// - Throws: `YAMLError` where there is no memory for the text, or a string has 2 GiB or more.
    public static func write(_ value: YAMLValue) throws(YAMLError) -> [UInt8] {
        let sink = try YAMLEventSink()
        try sink.begin()
        try write(value, to: sink)
        return try sink.end()
    }

    private static func write(_ value: YAMLValue, to sink: borrowing YAMLEventSink) throws(YAMLError) {
        switch value {
        case .string(let text): try sink.scalar(text, style(of: text))
        case .plain(let text):
            try sink.scalar(text, YAMLPlainText.mayStandPlain(text) ? .plain : style(of: text))
        case .sequence(let elements):
            try sink.beginSequence()
            for element in elements { try write(element, to: sink) }
            try sink.endSequence()
        case .mapping(let fields):
            try sink.beginMapping()
            for field in fields {
                try sink.scalar(field.key, isBlock(field.key) ? .quoted : style(of: field.key))
                try write(field.value, to: sink)
            }
            try sink.endMapping()
        }
    }

    private static func style(of text: String) -> YAMLEventSink.Style {
        if isBlock(text) { return .literal }
        return YAMLPlainText.isString(text) && !hasLineBreak(text) ? .plain : .quoted
    }

    /// Tells whether some version of YAML sees the end of a line in a text.
    private static func hasLineBreak(_ text: String) -> Bool {
        text.unicodeScalars.contains { [0x0A, 0x0D, 0x85, 0x2028, 0x2029].contains($0.value) }
    }

    /// Tells whether a literal block gives back every character.
    ///
    /// It would lose line breaks other than `\n`, and control characters; blanks and empty lines at its ends need marks
    /// that are hard to read.
    private static func isBlock(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "\n")), let first = text.unicodeScalars.first, first.value > 0x20,
            !text.hasSuffix("\n\n")
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x20...0x7E: true
            case 0x85, 0x2028, 0x2029, 0xFEFF: false
            default: (0xA0...0xD7FF).contains(scalar.value) || (0xE000...0xFFFD).contains(scalar.value)
            }
        }
    }
}
