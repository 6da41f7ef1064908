extension Int {
    /// The whole number that a metric means; `nil` where its value is no count.
    init?(count value: Double) {
        // Above 2^53 a Double does not hold every whole number, so it cannot be a count.
        guard (0...0x1p53).contains(value) else { return nil }
        self = Int(value)
    }
}

extension Sequence<Int> {
    /// The sum, `nil` of nothing, and the greatest number where it is beyond that.
    var saturatingSum: Int? {
        reduce(nil) { sum, next in
            let (result, overflow) = next.addingReportingOverflow(sum ?? 0)
            return overflow ? .max : result
        }
    }
}
