/// The product's own metrics.
enum MetricsPage {
    /// Reads the value of one series.
    ///
    /// - Parameters:
    ///   - name: the name of the series, with its labels.
    ///   - port: where the product listens.
    /// - Returns: the value, or nil when there is none.
    static func value(of name: String, port: UInt16) -> Double? {
        guard let answer = HTTPCall.get("/metrics", port: port) else { return nil }
        let line = answer.body.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return line.flatMap { Double($0.dropFirst(name.utf8.count + 1)) }
    }

    /// Counts the series of a family that have a value.
    ///
    /// - Parameters:
    ///   - family: the name of the family.
    ///   - value: the value as it is written.
    ///   - port: where the product listens.
    /// - Returns: how many; 0 where the product does not answer.
    static func count(of family: String, at value: String, port: UInt16) -> Int {
        let lines = HTTPCall.get("/metrics", port: port)?.body.split(separator: "\n") ?? []
        return lines.count { $0.hasPrefix("\(family){") && $0.hasSuffix(" \(value)") }
    }
}
