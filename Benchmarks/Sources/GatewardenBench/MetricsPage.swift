/// The product's own metrics.
enum MetricsPage {
    /// Reads the value of a series without labels.
    ///
    /// - Parameters:
    ///   - name: the name of the series.
    ///   - port: where the product listens.
    /// - Returns: the value, or nil when there is none.
    static func value(of name: String, port: UInt16) -> Double? {
        guard let answer = HTTPGet.get("/metrics", port: port) else { return nil }
        let line = answer.body.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return line.flatMap { Double($0.dropFirst(name.utf8.count + 1)) }
    }
}
