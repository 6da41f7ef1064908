import Exposition

/// What the registry has refused: figures that nobody sees, because the program told them wrongly.
struct RefusalMetrics: Sendable {
    private let families: CollectedFamilies<Refusals>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        families = try CollectedFamilies(registry, Self.figures)
    }

    /// Adds the refusals up to this moment to a scrape.
    func collect(_ samples: inout CollectedSamples, _ refusals: Refusals) {
        families.collect(&samples, refusals)
    }

    private static let figures: [CollectedFamilies<Refusals>.Figure] = [
        refusal("duplicate_sample", \.duplicateSamples), refusal("malformed_sample", \.malformedSamples),
        refusal("invalid_increment", \.invalidIncrements), refusal("negative_duration", \.negativeDurations),
        refusal("invalid_exemplar", \.invalidExemplars), refusal("conflict", \.conflicts),
    ]

    private static func refusal(
        _ reason: String,
        _ count: @escaping @Sendable (Refusals) -> UInt64
    ) -> CollectedFamilies<Refusals>.Figure {
        .counter(
            "gatewarden_metrics_refusals_total",
            "Figures that are not exposed because they contradict their family: a mistake in the gateway.",
            label: ("reason", reason),
            value: count
        )
    }
}
