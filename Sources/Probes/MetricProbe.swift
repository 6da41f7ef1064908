public import MetricSelection

/// Samples of a program's metrics and the values that count as success.
///
/// Succeeds when the selector finds a series, and the value of every series that it finds is as expected.
public struct MetricProbe: Sendable, Equatable {
    /// Which values count as success; NaN never does.
    public enum Condition: Sendable, Equatable {
        /// Greater than the number.
        case above(Double)
        /// Less than the number.
        case below(Double)
        /// The number itself.
        case equals(Double)
    }

    /// Absolute URL of the metrics in the Prometheus text format, `http` or `https`.
    public var url: String
    /// The series that are looked at.
    public var selector: MetricSelector
    /// What each of them must be.
    public var condition: Condition

    /// Describes a question about metrics.
    ///
    /// - Parameters:
    ///   - url: Absolute URL of the metrics in the Prometheus text format.
    ///   - selector: The series that are looked at.
    ///   - condition: What each of them must be.
    public init(url: String, selector: MetricSelector, condition: Condition) {
        self.url = url
        self.selector = selector
        self.condition = condition
    }
}

extension MetricProbe.Condition: CustomStringConvertible {
    /// Tells whether a value counts as success.
    func accepts(_ value: Double) -> Bool {
        switch self {
        case .above(let bound): value > bound
        case .below(let bound): value < bound
        case .equals(let number): value == number
        }
    }

    /// The condition in words: `above 0`.
    public var description: String {
        switch self {
        case .above(let bound): "above \(bound.inWords)"
        case .below(let bound): "below \(bound.inWords)"
        case .equals(let number): number.inWords
        }
    }
}
