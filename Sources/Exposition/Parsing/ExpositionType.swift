/// The type that a scraped text declares for a family.
public enum ExpositionType: String, Sendable, Equatable, CaseIterable {
    /// A value that only rises while its process runs.
    case counter
    /// A value that rises and falls.
    case gauge
    /// Observations counted in buckets.
    case histogram
    /// What is there at the moment, counted in buckets; OpenMetrics only.
    case gaugeHistogram = "gaugehistogram"
    /// Observations as quantiles.
    case summary
    /// Facts as labels, with the value 1; OpenMetrics only.
    case info
    /// States that are on or off, one sample each; OpenMetrics only.
    case stateSet = "stateset"
    /// Anything; the text format says `untyped`.
    case unknown
}
