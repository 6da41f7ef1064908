/// Parses one YAML document into a tree of nodes with places.
public enum YAMLParser {
    /// Directives (`%TAG ...`) are compared with each other one by one, so that many of them cost quadratic time.
    static let maximumDirectives = 16

    /// Parses a text that holds at most one document.
    ///
    /// Blocks for the time of parsing, at most some 100 ms within the default limits. May be called from any thread.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8, with or without a byte order mark.
    ///   - limits: Bounds that the text must keep.
    /// - Returns: The document's root, or nil where the text holds nothing but blanks and comments.
    /// - Throws: `YAMLError` with the place of the first failure.
    public static func parse(bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> YAMLNode? {
        guard bytes.count <= limits.maximumBytes else {
            let message = "the text has \(bytes.count) bytes; at most \(limits.maximumBytes) are accepted"
            throw YAMLError(.limit, at: YAMLMark(line: 1, column: 1), message)
        }
        try requireUTF8(bytes)
        try requireFewDirectives(bytes)
        return try bytes.withUnsafeBufferPointer { (text) throws(YAMLError) -> YAMLNode? in
            let events = try YAMLEventStream(text)
            var builder = YAMLTreeBuilder(limits: limits)
            while try !builder.accept(events.next()) {}
            return builder.root
        }
    }

    private static func requireUTF8(_ bytes: [UInt8]) throws(YAMLError) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let offset = error.byteOffsets.lowerBound
            let message = "byte \(offset) is not UTF-8; save the text as UTF-8"
            throw YAMLError(.encoding, at: YAMLMark(of: offset, in: bytes[...]), message)
        }
    }

    private static func requireFewDirectives(_ bytes: [UInt8]) throws(YAMLError) {
        var count = 0
        var isLineStart = true
        for (offset, byte) in bytes.enumerated() {
            if isLineStart, byte == UInt8(ascii: "%") {
                count += 1
                guard count <= maximumDirectives else {
                    let message = "more than \(maximumDirectives) lines begin with %; directives are not needed"
                    throw YAMLError(.limit, at: YAMLMark(of: offset, in: bytes[...]), message)
                }
            }
            isLineStart = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }
    }
}

extension YAMLMark {
    /// Finds the line and column of a byte in a text whose bytes before it are UTF-8.
    init(of offset: Int, in text: some RandomAccessCollection<UInt8>) {
        let before = text.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { before.index(after: $0) } ?? before.startIndex
        let isScalarStart = { (byte: UInt8) in byte & 0b1100_0000 != 0b1000_0000 }
        self.init(
            line: 1 + before.count { $0 == UInt8(ascii: "\n") },
            column: 1 + before[lineStart...].count(where: isScalarStart)
        )
    }
}
