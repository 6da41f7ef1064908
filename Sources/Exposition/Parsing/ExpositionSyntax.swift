/// The formats that can be read, and how to tell which one a text is in.
public enum ExpositionSyntax: String, Sendable, Equatable, CaseIterable {
    /// The text format 0.0.4 of Prometheus.
    case text
    /// The text format of OpenMetrics 1.0.
    case openMetrics = "openmetrics"

    /// The format that a media type names.
    ///
    /// Fails for a media type that is neither format's.
    ///
    /// - Parameter contentType: The value of a `Content-Type` header; parameters are ignored.
    public init?(contentType: String) {
        let name = contentType.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased()
        switch name {
        case "text/plain": self = .text
        case "application/openmetrics-text": self = .openMetrics
        default: return nil
        }
    }

    /// The format that a text is most likely in: OpenMetrics where its last line is `# EOF`, as it must be there, the
    /// text format otherwise.
    ///
    /// - Parameter bytes: The text.
    public init(detectedIn bytes: [UInt8]) {
        let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        let lastLine = text.suffix(while: { $0 != UInt8(ascii: "\n") })
        self = lastLine.elementsEqual("# EOF".utf8) ? .openMetrics : .text
    }

    /// Reads a whole text; takes processor time in proportion to its length and does not suspend.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - strict: Whether all rules of OpenMetrics are checked; without meaning for the text format.
    ///   - visitor: Called for every entry in the order of the text.
    /// - Throws: ``ExpositionParseError`` at the first mistake; `visitor` has seen entries above it only.
    public func parse(
        _ bytes: [UInt8], strict: Bool = false, into visitor: inout some ExpositionVisitor
    ) throws(ExpositionParseError) {
        switch self {
        case .text: try TextExpositionParser().parse(bytes, into: &visitor)
        case .openMetrics: try OpenMetricsParser(strict: strict).parse(bytes, into: &visitor)
        }
    }
}

extension BidirectionalCollection {
    fileprivate func suffix(while isPart: (Element) -> Bool) -> SubSequence {
        guard let last = lastIndex(where: { !isPart($0) }) else { return self[...] }
        return self[index(after: last)...]
    }
}
