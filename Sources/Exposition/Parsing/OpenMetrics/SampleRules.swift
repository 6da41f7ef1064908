/// What a single sample of a type must be like.
struct SampleRules {
    let type: ExpositionType
    let family: [UInt8]

    /// The rule that a sample breaks.
    func problem(of sample: OpenMetricsFamily.Sample) -> ExpositionParseError.Problem? {
        problem(ofLabels: sample.labels, suffix: sample.suffix)
            ?? problem(ofValue: sample.value, suffix: sample.suffix)
            ?? (sample.hasExemplar && !mayHaveExemplar(sample.suffix) ? .exemplarNotAllowed : nil)
    }

    private func problem(ofLabels labels: LabelKey, suffix: SampleSuffix) -> ExpositionParseError.Problem? {
        switch (type, suffix) {
        case (.stateSet, _): labels[family] == nil ? .missingState : nil
        case (.summary, .none): labels.number("quantile").map((0...1).contains) == true ? nil : .invalidQuantile
        case (_, .bucket): HistogramPoint.bound(of: labels) == nil ? .invalidBound : nil
        default: nil
        }
    }

    private func problem(ofValue value: Double, suffix: SampleSuffix) -> ExpositionParseError.Problem? {
        switch (type, suffix) {
        case (.stateSet, _): value == 0 || value == 1 ? nil : .invalidState
        case (.info, _): value == 1 ? nil : .invalidInfo
        case (.summary, .none): value < 0 ? .negativeValue : nil
        case (_, .bucket), (_, .count), (_, .gaugeCount):
            !value.isFinite || value.rounded() != value ? .fractionalCount : value < 0 ? .negativeValue : nil
        case (_, .total), (_, .sum): value.isNaN ? .valueNotNumber : value < 0 ? .negativeValue : nil
        case (_, .gaugeSum): value.isNaN ? .valueNotNumber : nil
        case (_, .none), (_, .created), (_, .info): nil
        }
    }

    private func mayHaveExemplar(_ suffix: SampleSuffix) -> Bool {
        suffix == .bucket || suffix == .total
    }
}
