import Exposition
import StateStore

/// The metrics of the store.
struct StoreMetrics: Sendable {
    /// What a transaction writes: the values of the label `kind`.
    enum Kind: String, CaseIterable {
        /// Identities and desired documents, which somebody waits for.
        case commit
        /// Observations.
        case flush
    }

    /// How long a transaction takes, by what it writes.
    private let duration: MetricFamily<HistogramSeries>
    private let families: CollectedFamilies<StoreFigures>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        duration = try registry.histogram(
            "gatewarden_store_write_duration_seconds",
            help: "How long transactions of the store take until they are on disk.",
            unit: "seconds",
            labels: ["kind"],
            buckets: [0.001, 0.01, 0.1, 1, 10]
        )
        families = try CollectedFamilies(registry, Self.figures)
        for kind in Kind.allCases { try duration.labels(kind.rawValue) }
    }

    /// Notes a transaction.
    func noteWrite(_ kind: Kind, _ time: Duration) throws(ExpositionError) {
        try duration.labels(kind.rawValue).observe(time)
    }

    /// Adds the figures of this moment to a scrape.
    func collect(_ samples: inout CollectedSamples, _ figures: StoreFigures) {
        families.collect(&samples, figures)
    }

    private static let figures: [CollectedFamilies<StoreFigures>.Figure] = [
        .counter("gatewarden_store_writes_total", "Transactions of the store.") { $0.writes },
        .counter(
            "gatewarden_store_written_bytes_total",
            "Bytes that the store has written: database, log and checkpoints.",
            unit: "bytes"
        ) { $0.bytesWritten },
        .counter("gatewarden_store_flushes_total", "Transactions that wrote observations behind.") { $0.flushes },
        .counter("gatewarden_store_corruptions_total", "Damaged files of the store that were moved aside.") {
            $0.quarantines
        },
        .counter(
            "gatewarden_store_rejections_total",
            "Documents that cannot be turned into JSON; the earlier ones stay."
        ) { $0.rejections },
        .gauge("gatewarden_store_documents", "Documents in the store.") { $0.documents },
        .gauge(
            "gatewarden_store_dirty_documents",
            "Documents that the disk does not have, or has in an older version."
        ) { $0.dirtyDocuments },
        .gauge(
            "gatewarden_store_degraded",
            "Whether the store works from memory only because the disk does not do its work."
        ) { $0.degradedReason != nil },
    ]
}
