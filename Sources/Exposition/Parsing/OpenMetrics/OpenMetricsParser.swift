/// Reads the text format of OpenMetrics 1.0, with quoted UTF-8 names.
///
/// Accepts what Prometheus' own scraper accepts, and refuses the whole text at the first mistake. Reads the bytes once,
/// keeps nothing and allocates nothing but for numbers of more than 15 digits. No input makes it trap.
///
/// A strict parser also refuses what a scraper lets pass although the specification forbids it: metrics that clash or are
/// interrupted, values and labels that do not fit the type, histograms that do not add up, exemplars in the wrong place.
/// It keeps the names of all families and the label sets of one, so it needs memory in proportion to the text.
///
/// Source: https://prometheus.io/docs/specs/om/open_metrics_spec/
public struct OpenMetricsParser {
    private let isStrict: Bool

    /// Makes a parser.
    ///
    /// - Parameter strict: Whether all rules of the specification are checked.
    public init(strict: Bool = false) {
        isStrict = strict
    }

    /// Reads a whole text; takes processor time in proportion to its length and does not suspend.
    ///
    /// - Parameters:
    ///   - bytes: The text, whose last line must be `# EOF`.
    ///   - visitor: Called for every entry in the order of the text.
    /// - Throws: ``ExpositionParseError`` at the first mistake; `visitor` has seen entries above it only.
    public func parse(
        _ bytes: UnsafeRawBufferPointer, into visitor: inout some ExpositionVisitor
    ) throws(ExpositionParseError) {
        var reader = OpenMetricsReader(bytes, isStrict: isStrict)
        while try reader.readLine(into: &visitor) {}
    }

    /// Reads a whole text that is held as an array.
    ///
    /// - Parameters:
    ///   - bytes: The text, whose last line must be `# EOF`.
    ///   - visitor: Called for every entry in the order of the text.
    /// - Throws: ``ExpositionParseError`` at the first mistake; `visitor` has seen entries above it only.
    public func parse(
        _ bytes: [UInt8], into visitor: inout some ExpositionVisitor
    ) throws(ExpositionParseError) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(ExpositionParseError) in try parse(bytes, into: &visitor) }
        }
        try result.get()
    }
}
