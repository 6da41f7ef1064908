extension ExpositionFormat {
    /// The families that a JSON document describes, as far as OpenMetrics allows them.
    ///
    /// Blocks for a time in proportion to the document and keeps nothing.
    ///
    /// - Parameter json: `{"families": [...]}` in UTF-8; `gatewarden metrics encode --help` shows the members.
    /// - Returns: The families in the order of the document.
    /// - Throws: `ExpositionError` with `.invalidDocument` that names what is wrong, whatever the bytes are.
    public static func families(ofJSON json: [UInt8]) throws(ExpositionError) -> [ExposedFamily] {
        let families = try FamilyDocument.families(of: json)
        let text = ExpositionFormat(.openMetrics1, escaping: .allowUTF8).encode(families)
        do throws(ExpositionParseError) {
            var nobody = Nobody()
            try OpenMetricsParser(strict: true).parse(text, into: &nobody)
        } catch {
            let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let line = lines.dropFirst(error.line - 1).first.map { String(decoding: $0, as: UTF8.self) } ?? ""
            throw ExpositionError(.invalidDocument, "\(error.problem.rawValue), but the line is: \(line)")
        }
        return families
    }

    /// Writes families that are given as values.
    ///
    /// Keeps their order and checks nothing; what comes of ``families(ofJSON:)`` is well formed. Two names that become one
    /// under the escaping scheme are written twice.
    ///
    /// - Parameter families: What to write.
    /// - Returns: UTF-8.
    public func encode(_ families: [ExposedFamily]) -> [UInt8] {
        var buffer: [UInt8] = []
        var writer = FamilyExposition(output: ExpositionOutput(reusing: &buffer), format: self)
        for family in families { writer.write(family) }
        writer.finish(into: &buffer)
        return buffer
    }

    /// Looks at nothing: only the parser's verdict counts.
    private struct Nobody: ExpositionVisitor {
        mutating func sample(_ sample: ExpositionSample) {}
    }
}
