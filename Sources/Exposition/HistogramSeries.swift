public import CoreMetrics
internal import Synchronization

/// Observations counted in buckets.
public final class HistogramSeries: MetricSeries {
    /// What is fixed about the family of this series.
    public let descriptor: MetricDescriptor
    /// The labels that tell this series from the others of its family.
    public let labels: LabelSet
    private let bounds: [Double]
    private let counts: AtomicCounts
    private let total = AtomicDouble(0)
    private let exemplarSlots = ExemplarSlots()
    let created: UnixTime

    /// Makes a series at zero; called by families.
    ///
    /// - Parameters:
    ///   - descriptor: The family's description.
    ///   - labels: The labels of the new series.
    public init(descriptor: MetricDescriptor, labels: LabelSet) {
        self.descriptor = descriptor
        self.labels = labels
        self.bounds = descriptor.bounds
        self.counts = AtomicCounts(count: bounds.count + 1)
        self.created = descriptor.now()
    }

    /// Counts one observation.
    ///
    /// - Parameter value: The observed number in the family's unit; NaN counts in the `+Inf` bucket.
    public func observe(_ value: Double) {
        counts.increment(at: bucket(of: value))
        total.add(value)
    }

    /// Counts one observation and keeps it as the example of its bucket, which only OpenMetrics shows.
    ///
    /// It allocates. An exemplar whose names are not label names, or which is longer than 128 characters in all, is
    /// dropped and counted in `Refusals`; the observation counts in any case. Never waits: see `ExemplarSlots`.
    ///
    /// - Parameters:
    ///   - value: The observed number in the family's unit; NaN counts in the `+Inf` bucket.
    ///   - exemplar: What the observation belongs to, such as the id of a run; without labels nothing is kept.
    public func observe(_ value: Double, exemplar: some Collection<(key: String, value: String)>) {
        let index = bucket(of: value)
        counts.increment(at: index)
        total.add(value)
        guard let exemplar = descriptor.exemplar(exemplar, value: value) else { return }
        exemplarSlots.keep(exemplar, at: index, of: bounds.count + 1)
    }

    /// Counts one duration, in seconds.
    ///
    /// - Parameter duration: The observed time; a negative one changes nothing and is counted in `Refusals`.
    public func observe(_ duration: Duration) {
        guard duration >= .zero else { return refuse() }
        observe(duration / .seconds(1))
    }

    /// Counts one duration, in seconds, and keeps it as the example of its bucket.
    ///
    /// - Parameters:
    ///   - duration: The observed time; a negative one changes nothing and is counted in `Refusals`.
    ///   - exemplar: What the observation belongs to, as in `observe(_:exemplar:)` for numbers.
    public func observe(_ duration: Duration, exemplar: some Collection<(key: String, value: String)>) {
        guard duration >= .zero else { return refuse() }
        observe(duration / .seconds(1), exemplar: exemplar)
    }

    /// What the histogram holds now.
    ///
    /// Each bucket is read once and the total is their sum, so the buckets and the count always agree. Observations
    /// under way while it runs may be in a bucket and not yet in the sum.
    public func snapshot() -> HistogramSnapshot {
        HistogramSnapshot(counts: counts.load(), sum: total.load())
    }

    /// The sum of all observations.
    var sum: Double { total.load() }

    /// The newest exemplar of each bucket; empty before the first one.
    var exemplars: [Exemplar?] { exemplarSlots.load() }

    /// The observations in one bucket, not cumulated.
    func count(at bucket: Int) -> UInt64 { counts.load(at: bucket) }

    private func bucket(of value: Double) -> Int {
        var index = 0
        // Buckets are few and the low ones usually hit: a scan beats a binary search. A NaN compares false throughout.
        while index < bounds.count, !(value <= bounds[index]) { index += 1 }
        return index
    }

    private func refuse() {
        descriptor.refusals.negativeDurations.wrappingAdd(1, ordering: .relaxed)
    }
}

/// The state of a histogram series at one moment.
public struct HistogramSnapshot: Sendable, Equatable {
    /// Observations per bucket, not cumulated; the last is the bucket up to `+Inf`.
    public let counts: [UInt64]
    /// The sum of all observations.
    public let sum: Double

    /// The number of all observations.
    public var count: UInt64 { counts.reduce(0, &+) }
}

extension HistogramSeries: RecorderHandler, TimerHandler {
    /// Counts one observation on behalf of a swift-metrics recorder.
    ///
    /// - Parameter value: The observed number.
    public func record(_ value: Int64) {
        observe(Double(value))
    }

    /// Counts one observation on behalf of a swift-metrics recorder.
    ///
    /// - Parameter value: The observed number.
    public func record(_ value: Double) {
        observe(value)
    }

    /// Counts one duration, in seconds, on behalf of a swift-metrics timer.
    ///
    /// - Parameter duration: Nanoseconds; a negative number changes nothing and is counted in `Refusals`.
    public func recordNanoseconds(_ duration: Int64) {
        guard duration >= 0 else { return refuse() }
        observe(Double(duration) / 1_000_000_000)
    }
}
