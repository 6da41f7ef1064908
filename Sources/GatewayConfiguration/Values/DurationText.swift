/// Durations as the configuration writes them: whole numbers with units, the largest first, such as `1m30s` or `500ms`.
package enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads a duration.
    ///
    /// - Parameter text: One or more pairs of number and unit; each unit at most once, larger ones first.
    /// - Returns: The duration, or nil where the text is none or does not fit 64 bits of milliseconds.
    package static func parse(_ text: String) -> Duration? {
        var rest = text.utf8[...]
        var remainingUnits = units[...]
        var total: Int64 = 0
        repeat {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let letters = rest.dropFirst(digits.count).prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            guard let count = Int64(Substring(digits)),
                let index = remainingUnits.firstIndex(where: { $0.name.utf8.elementsEqual(letters) })
            else { return nil }
            let (product, overflows) = count.multipliedReportingOverflow(by: units[index].milliseconds)
            let (sum, exceeds) = total.addingReportingOverflow(product)
            guard !overflows, !exceeds else { return nil }
            total = sum
            remainingUnits = units[(index + 1)...]
            rest = rest.dropFirst(digits.count + letters.count)
        } while !rest.isEmpty
        return .milliseconds(total)
    }

    /// Writes a duration so that it reads as the same again, to the millisecond.
    ///
    /// - Parameter duration: A duration that is not negative.
    /// - Returns: The shortest text, such as `1m30s`; `0s` for none.
    package static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        var rest = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        var text = ""
        for unit in units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text.isEmpty ? "0s" : text
    }
}
