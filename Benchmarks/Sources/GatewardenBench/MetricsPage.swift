/// The product's own metrics.
enum MetricsPage {
    /// Reads the value of one series.
    ///
    /// - Parameters:
    ///   - name: the name of the series, with its labels.
    ///   - port: where the product listens.
    /// - Returns: the value, or nil when there is none.
    static func value(of name: String, port: UInt16) -> Double? {
        HTTPCall.get("/metrics", port: port).flatMap { value(of: name, in: $0.body) }
    }

    /// Finds the value of one series.
    ///
    /// - Parameters:
    ///   - name: the name of the series, with its labels.
    ///   - page: all metrics.
    /// - Returns: the value, or nil when there is none.
    static func value(of name: String, in page: String) -> Double? {
        let line = page.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return line.flatMap { Double($0.dropFirst(name.utf8.count + 1)) }
    }

    /// Reads the values of all series of a family.
    ///
    /// - Parameters:
    ///   - family: the name of the family, which has labels.
    ///   - port: where the product listens.
    /// - Returns: the values; none where the product does not answer.
    static func values(of family: String, port: UInt16) -> [Double] {
        let lines = HTTPCall.get("/metrics", port: port)?.body.split(separator: "\n") ?? []
        return lines.filter { $0.hasPrefix("\(family){") }.compactMap { line in
            line.lastIndex(of: " ").flatMap { Double(line[line.index(after: $0)...]) }
        }
    }
}
