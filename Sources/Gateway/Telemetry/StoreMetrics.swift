import Exposition
import StateStore

/// The metrics of the store.
struct StoreMetrics: Sendable {
    /// How long a transaction takes, by what it writes.
    private let duration: MetricFamily<HistogramSeries>
    private let writes: MetricFamily<CounterSeries>
    private let bytes: MetricFamily<CounterSeries>
    private let flushes: MetricFamily<CounterSeries>
    private let corruptions: MetricFamily<CounterSeries>
    private let rejections: MetricFamily<CounterSeries>
    private let documents: MetricFamily<GaugeSeries>
    private let dirty: MetricFamily<GaugeSeries>
    private let degraded: MetricFamily<GaugeSeries>

    init(_ registry: MetricRegistry) throws(ExpositionError) {
        duration = try registry.histogram(
            "gatewarden_store_write_duration_seconds",
            help: "How long transactions of the store take until they are on disk.",
            unit: "seconds",
            labels: ["kind"],
            buckets: [0.001, 0.01, 0.1, 1, 10]
        )
        writes = try registry.counter("gatewarden_store_writes_total", help: "Transactions of the store.")
        bytes = try registry.counter(
            "gatewarden_store_written_bytes_total",
            help: "Bytes that the store has written: database, log and checkpoints.",
            unit: "bytes"
        )
        flushes = try registry.counter(
            "gatewarden_store_flushes_total",
            help: "Transactions that wrote observations behind."
        )
        corruptions = try registry.counter(
            "gatewarden_store_corruptions_total",
            help: "Damaged files of the store that were moved aside."
        )
        rejections = try registry.counter(
            "gatewarden_store_rejections_total",
            help: "Documents that cannot be turned into JSON; the earlier ones stay."
        )
        documents = try registry.gauge("gatewarden_store_documents", help: "Documents in the store.")
        dirty = try registry.gauge(
            "gatewarden_store_dirty_documents",
            help: "Documents that the disk does not have, or has in an older version."
        )
        degraded = try registry.gauge(
            "gatewarden_store_degraded",
            help: "Whether the store works from memory only because the disk does not do its work."
        )
        for kind in Kind.allCases { try duration.labels(kind.rawValue) }
    }

    /// What a transaction writes: the values of the label `kind`.
    enum Kind: String, CaseIterable {
        /// Identities and desired documents, which somebody waits for.
        case commit
        /// Observations.
        case flush
    }

    /// Notes a transaction.
    func noteWrite(_ kind: Kind, _ time: Duration) throws(ExpositionError) {
        try duration.labels(kind.rawValue).observe(time)
    }

    /// Adds the figures of this moment to a scrape.
    func collect(_ samples: inout CollectedSamples, _ figures: StoreFigures) {
        samples.emit(Double(figures.writes), to: writes)
        samples.emit(Double(figures.bytesWritten), to: bytes)
        samples.emit(Double(figures.flushes), to: flushes)
        samples.emit(Double(figures.quarantines), to: corruptions)
        samples.emit(Double(figures.rejections), to: rejections)
        samples.emit(Double(figures.documents), to: documents)
        samples.emit(Double(figures.dirtyDocuments), to: dirty)
        samples.emit(figures.degradedReason == nil ? 0 : 1, to: degraded)
    }
}
