internal import FoundationEssentials

/// The result of a session, as a table and as JSON.
struct Report: Codable {
    let binary: String
    let machine: Machine
    let figures: [Figure]

    /// Whether the product missed a bar.
    var isMissed: Bool { figures.contains(where: \.isMissed) }

    /// The JSON document.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// The table for a person.
    func table() -> String {
        var rows = [["FIGURE", "OF", "MEDIAN", "MIN", "MAX", "N", "UNIT", "BAR", "RATIO", ""]]
        rows += figures.map(row)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { line($0, widths: widths) }.joined(separator: "\n")
    }

    private func row(_ figure: Figure) -> [String] {
        let summary = figure.summary
        return [
            figure.measure.rawValue, figure.supervisor, number(summary.median), number(summary.minimum),
            number(summary.maximum), String(summary.count), figure.unit, figure.bar.map(number) ?? "",
            ratio(figure).map { "\(number($0))x" } ?? "",
            figure.bar == nil ? "" : figure.isMissed ? "MISSED" : "ok",
        ]
    }

    /// The product's median by its bar; a peer's by the product's, so above 1 where the product does better.
    private func ratio(_ figure: Figure) -> Double? {
        if let bar = figure.bar { return figure.summary.median / bar }
        let product = figures.first { $0.measure == figure.measure && $0.supervisor != figure.supervisor }
        guard let product, product.supervisor == Gatewarden.name, product.summary.median > 0 else { return nil }
        return figure.summary.median / product.summary.median
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        let padded = zip(cells, widths).enumerated().map { column, cell in
            let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
            let isNumber = (2...5).contains(column) || (7...8).contains(column)
            return isNumber ? blanks + cell.0 : cell.0 + blanks
        }
        let text = padded.joined(separator: "  ")
        return String(text[...(text.lastIndex { $0 != " " } ?? text.startIndex)])
    }

    private func number(_ value: Double) -> String {
        guard value >= 0 else { return "-" + number(-value) }
        let decimals = value < 10 ? 2 : value < 1000 ? 1 : 0
        let scale = [1, 10, 100][decimals]
        let scaled = Int((value * Double(scale)).rounded())
        guard decimals > 0 else { return String(scaled) }
        return "\(scaled / scale).\(String(scaled % scale + scale).dropFirst())"
    }
}
