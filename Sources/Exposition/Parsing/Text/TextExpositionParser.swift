/// Reads the Prometheus text format 0.0.4, with quoted UTF-8 names.
///
/// Accepts what Prometheus' own scraper accepts, and refuses the whole text at the first mistake. Reads the bytes once,
/// keeps nothing and allocates nothing but for numbers of more than 15 digits. No input makes it trap.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
public struct TextExpositionParser {
    /// Makes a parser.
    public init() {}

    /// Reads a whole text; takes processor time in proportion to its length and does not suspend.
    ///
    /// - Parameters:
    ///   - bytes: The text; the end of its last line may be missing.
    ///   - visitor: Called for every entry in the order of the text.
    /// - Throws: ``ExpositionParseError`` at the first mistake; `visitor` has seen all entries above it.
    public func parse(
        _ bytes: UnsafeRawBufferPointer, into visitor: inout some ExpositionVisitor
    ) throws(ExpositionParseError) {
        var reader = TextExpositionReader(bytes)
        while reader.findEntry() {
            try reader.readEntry(into: &visitor)
        }
    }

    /// Reads a whole text that is held as an array.
    ///
    /// - Parameters:
    ///   - bytes: The text; the end of its last line may be missing.
    ///   - visitor: Called for every entry in the order of the text.
    /// - Throws: ``ExpositionParseError`` at the first mistake; `visitor` has seen all entries above it.
    public func parse(
        _ bytes: [UInt8], into visitor: inout some ExpositionVisitor
    ) throws(ExpositionParseError) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(ExpositionParseError) in try parse(bytes, into: &visitor) }
        }
        try result.get()
    }
}
