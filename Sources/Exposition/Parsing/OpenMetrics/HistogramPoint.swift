/// The samples of one histogram at one time, which must fit together.
struct HistogramPoint {
    private var bound: Double?
    private var cumulated = 0.0
    private var count: Double?
    private var hasSum = false
    private var hasGaugeSum = false
    private var hasNegativeBound = false
    private var hasNegativeSum = false

    /// Takes one of its samples; returns the rule that it breaks.
    mutating func add(_ sample: OpenMetricsFamily.Sample) -> ExpositionParseError.Problem? {
        switch sample.suffix {
        case .bucket:
            guard let next = Self.bound(of: sample.labels) else { return .invalidBound }
            if let bound, next <= bound { return .boundsOutOfOrder }
            if sample.value < cumulated { return .bucketsNotCumulative }
            if next < 0 { hasNegativeBound = true }
            bound = next
            cumulated = sample.value
        case .count, .gaugeCount: count = sample.value
        case .sum: hasSum = true
        case .gaugeSum:
            hasGaugeSum = true
            hasNegativeSum = sample.value < 0
        case .none, .total, .created, .info: break
        }
        return nil
    }

    /// The rule that the samples break together.
    func finish() -> ExpositionParseError.Problem? {
        if bound != .infinity { return .missingInfinity }
        if let count, count != cumulated { return .countMismatch }
        if (hasSum || hasGaugeSum) != (count != nil) { return .incompleteHistogram }
        if hasSum, hasNegativeBound { return .sumWithNegativeBounds }
        return hasNegativeSum && !hasNegativeBound ? .negativeSum : nil
    }

    /// A bucket's limit; `nil` where it is no number, NaN, or an infinity that is not written as `+Inf`.
    static func bound(of labels: LabelKey) -> Double? {
        guard let bound = labels.number("le"), !bound.isNaN else { return nil }
        return bound == .infinity && labels[Array("le".utf8)] != Array("+Inf".utf8) ? nil : bound
    }
}
