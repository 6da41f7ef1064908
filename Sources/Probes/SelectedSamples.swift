import Exposition
import MetricSelection

/// What a text says of the series that a probe looks at; keeps a copy of the first wrong one alone.
struct SelectedSamples: ExpositionVisitor {
    /// A series whose value is not as expected.
    struct Offender {
        /// Name and labels, cut where they are long.
        let series: String
        let value: Double
    }

    private(set) var count = 0
    private(set) var offender: Offender?
    private let selector: MetricSelector
    private let condition: MetricProbe.Condition

    init(_ probe: MetricProbe) {
        selector = probe.selector
        condition = probe.condition
    }

    mutating func sample(_ sample: ExpositionSample) {
        guard selector.selects(sample) else { return }
        count += 1
        guard offender == nil, !condition.accepts(sample.value) else { return }
        let labels = sample.labels.map { "\($0.name.string)=\"\($0.value.string)\"" }.joined(separator: ",")
        let series = labels.isEmpty ? selector.name : "\(selector.name){\(labels)}"
        offender = Offender(series: series.excerpt, value: sample.value)
    }
}

extension MetricSelector {
    /// Whether a sample belongs to a series that is meant.
    fileprivate func selects(_ sample: ExpositionSample) -> Bool {
        guard sample.name == name else { return false }
        return matchers.allSatisfy { matcher in
            let value = sample.labels.first { $0.name == matcher.label }?.value
            let isEqual = value.map { $0 == matcher.value } ?? matcher.value.isEmpty
            return switch matcher.comparison {
            case .equal: isEqual
            case .notEqual: !isEqual
            }
        }
    }
}
