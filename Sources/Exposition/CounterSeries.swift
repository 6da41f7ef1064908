public import CoreMetrics
internal import Synchronization

/// A value that only rises.
public final class CounterSeries: NumberSeries {
    /// What is fixed about the family of this series.
    public let descriptor: MetricDescriptor
    /// The labels that tell this series from the others of its family.
    public let labels: LabelSet
    // Whole amounts, the usual case, are one atomic addition; only fractions need a compare-and-exchange loop, and what
    // no longer fits into 64 bits, so that the value never falls.
    private let whole = Atomic<UInt64>(0)
    private let fraction = AtomicDouble(0)
    private let exemplarSlots = ExemplarSlots()
    private let createdMilliseconds: Atomic<Int64>

    /// Makes a series at zero; called by families.
    ///
    /// - Parameters:
    ///   - descriptor: The family's description.
    ///   - labels: The labels of the new series.
    public init(descriptor: MetricDescriptor, labels: LabelSet) {
        self.descriptor = descriptor
        self.labels = labels
        self.createdMilliseconds = Atomic(descriptor.now().milliseconds)
    }

    /// The sum of all increments.
    public var value: Double { Double(whole.load(ordering: .relaxed)) + fraction.load() }

    /// Adds a whole amount.
    ///
    /// - Parameter amount: What to add; a negative amount changes nothing and is counted in `Refusals`.
    public func increment(by amount: Int = 1) {
        guard amount >= 0 else { return refuse() }
        let (before, after) = whole.wrappingAdd(UInt64(amount), ordering: .relaxed)
        if after < before { fraction.add(0x1p64) }
    }

    /// Adds an amount that may have a fraction.
    ///
    /// - Parameter amount: What to add; a negative amount or NaN changes nothing and is counted in `Refusals`.
    public func increment(by amount: Double) {
        guard amount >= 0 else { return refuse() }
        fraction.add(amount)
    }

    /// Adds an amount and keeps it as an example of what is counted, which only OpenMetrics shows.
    ///
    /// It allocates. An exemplar whose names are not label names, or which is longer than 128 characters in all, is
    /// dropped and counted in `Refusals`; the amount counts in any case. Never waits: see `ExemplarSlots`.
    ///
    /// - Parameters:
    ///   - amount: What to add; a negative amount or NaN changes nothing and is counted in `Refusals`.
    ///   - exemplar: What the amount belongs to, such as the id of a run; without labels nothing is kept.
    public func increment(by amount: Double = 1, exemplar: some Collection<(key: String, value: String)>) {
        guard amount >= 0 else { return refuse() }
        fraction.add(amount)
        guard let exemplar = descriptor.exemplar(exemplar, value: amount) else { return }
        exemplarSlots.keep(exemplar, at: 0, of: 1)
    }

    /// When the series was made, or set back to 0.
    var created: UnixTime { UnixTime(milliseconds: createdMilliseconds.load(ordering: .relaxed)) }

    /// The newest exemplar.
    var exemplar: Exemplar? { exemplarSlots.load().first ?? nil }

    private func refuse() {
        descriptor.refusals.invalidIncrements.wrappingAdd(1, ordering: .relaxed)
    }
}

extension CounterSeries: CounterHandler, FloatingPointCounterHandler {
    /// Adds a whole amount on behalf of a swift-metrics counter.
    ///
    /// - Parameter amount: What to add; a negative amount changes nothing and is counted in `Refusals`.
    public func increment(by amount: Int64) {
        increment(by: Int(amount))
    }

    /// Sets the counter back to 0, which a scraper sees as a restart.
    public func reset() {
        whole.store(0, ordering: .relaxed)
        fraction.store(0)
        exemplarSlots.clear()
        createdMilliseconds.store(descriptor.now().milliseconds, ordering: .relaxed)
    }
}
