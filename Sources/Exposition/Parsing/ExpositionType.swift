/// The type that a scraped text declares for a family.
public enum ExpositionType: String, Sendable, Equatable, CaseIterable {
    /// A value that only rises while its process runs.
    case counter
    /// A value that rises and falls.
    case gauge
    /// Observations counted in buckets.
    case histogram
    /// Observations as quantiles.
    case summary
    /// Anything.
    case untyped
}
