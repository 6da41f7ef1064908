internal import Synchronization

/// All metrics of a process: families are registered up front, series come and go, a scrape reads everything.
///
/// Every method may be called from any thread. Updating a series never waits for a scrape; registration waits for no
/// more than another registration.
public final class MetricRegistry: Sendable {
    /// Identifies a collector for its removal.
    public struct CollectorToken: Sendable, Hashable {
        fileprivate let number: Int
    }

    private struct State {
        var families: [String: RegisteredFamily] = [:]
        /// The families by name; `nil` after a registration, until the next scrape sorts them.
        var ordered: [RegisteredFamily]?
        /// Who owns each sample or family name of the exposition.
        var owners: [String: String] = [:]
        var collectors: [(token: CollectorToken, collect: @Sendable (inout CollectedSamples) -> Void)] = []
        var nextToken = 0
    }

    private let state = Mutex(State())
    let refusalCounters = RefusalCounters()

    private let now: @Sendable () -> UnixTime

    /// Makes an empty registry.
    ///
    /// - Parameter now: The clock that dates series and exemplars; called on the threads that make them.
    public init(now: @escaping @Sendable () -> UnixTime = UnixTime.now) {
        self.now = now
    }

    /// What the registry refused so far without failing its callers; worth exposing as counters.
    public var refusals: Refusals { refusalCounters.load() }

    /// Registers a family of counters, or returns the one that was registered alike.
    ///
    /// - Parameters:
    ///   - name: The full name, ending in `_total`.
    ///   - help: One sentence for operators.
    ///   - unit: The base unit, which the name must end in before `_total`.
    ///   - labels: The label names of each series.
    /// - Returns: The family.
    /// - Throws: `ExpositionError` when a name breaks the rules or belongs to a different family.
    @discardableResult
    public func counter(
        _ name: String, help: String, unit: String? = nil, labels: [String] = []
    ) throws(ExpositionError) -> MetricFamily<CounterSeries> {
        try counterFamily(descriptor(name, .counter, help, unit, labels))
    }

    /// Registers a family of gauges, or returns the one that was registered alike.
    ///
    /// - Parameters:
    ///   - name: The full name.
    ///   - help: One sentence for operators.
    ///   - unit: The base unit, which the name must end in.
    ///   - labels: The label names of each series.
    /// - Returns: The family.
    /// - Throws: `ExpositionError` when a name breaks the rules or belongs to a different family.
    @discardableResult
    public func gauge(
        _ name: String, help: String, unit: String? = nil, labels: [String] = []
    ) throws(ExpositionError) -> MetricFamily<GaugeSeries> {
        try gaugeFamily(descriptor(name, .gauge, help, unit, labels))
    }

    /// Registers a family of histograms, or returns the one that was registered alike.
    ///
    /// - Parameters:
    ///   - name: The full name.
    ///   - help: One sentence for operators.
    ///   - unit: The base unit, which the name must end in.
    ///   - labels: The label names of each series; `le` is not allowed.
    ///   - buckets: The upper bounds in the family's unit: finite, ascending, without `+Inf`.
    /// - Returns: The family.
    /// - Throws: `ExpositionError` when a name or the buckets break the rules, or the name belongs to a different family.
    @discardableResult
    public func histogram(
        _ name: String, help: String, unit: String? = nil, labels: [String] = [], buckets: [Double]
    ) throws(ExpositionError) -> MetricFamily<HistogramSeries> {
        try histogramFamily(descriptor(name, .histogram(bounds: buckets), help, unit, labels))
    }

    /// Adds a callback that supplies values cheap to read at scrape time.
    ///
    /// - Parameter body: Called on the scraping thread in each scrape, by two scrapes at once if they coincide. It must
    ///   not block: a scrape waits for it.
    /// - Returns: What removes the callback again.
    @discardableResult
    public func collect(_ body: @escaping @Sendable (inout CollectedSamples) -> Void) -> CollectorToken {
        state.withLock { state in
            let token = CollectorToken(number: state.nextToken)
            state.nextToken += 1
            state.collectors.append((token, body))
            return token
        }
    }

    /// Removes a callback; a scrape under way may still call it.
    ///
    /// - Parameter token: What `collect` returned.
    public func removeCollector(_ token: CollectorToken) {
        state.withLock { $0.collectors.removeAll { $0.token == token } }
    }

    /// Shows everything to an exposition format, in order; nothing is locked while the format writes.
    func visit(_ visitor: inout some SampleVisitor) {
        let (families, collectors) = state.withLock { state in
            let ordered = state.ordered ?? state.families.values.sorted { $0.descriptor.name < $1.descriptor.name }
            state.ordered = ordered
            return (ordered, state.collectors)
        }
        var collected = CollectedSamples()
        for collector in collectors { collector.collect(&collected) }
        for family in families { family.visit(&visitor, collected: collected) }
    }

    /// The family registered under a name.
    func family(named name: String) -> RegisteredFamily? {
        state.withLock { $0.families[name] }
    }

    func counterFamily(_ descriptor: MetricDescriptor) throws(ExpositionError) -> MetricFamily<CounterSeries> {
        guard case .counter(let family) = try register(.counter(MetricFamily(descriptor: descriptor))) else {
            throw conflict(descriptor, with: descriptor.name)
        }
        return family
    }

    func gaugeFamily(_ descriptor: MetricDescriptor) throws(ExpositionError) -> MetricFamily<GaugeSeries> {
        guard case .gauge(let family) = try register(.gauge(MetricFamily(descriptor: descriptor))) else {
            throw conflict(descriptor, with: descriptor.name)
        }
        return family
    }

    func histogramFamily(_ descriptor: MetricDescriptor) throws(ExpositionError) -> MetricFamily<HistogramSeries> {
        guard case .histogram(let family) = try register(.histogram(MetricFamily(descriptor: descriptor))) else {
            throw conflict(descriptor, with: descriptor.name)
        }
        return family
    }

    func descriptor(
        _ name: String, _ type: MetricType, _ help: String, _ unit: String?, _ labels: [String]?
    ) -> MetricDescriptor {
        MetricDescriptor(
            name: name, type: type, help: help, unit: unit, labelNames: labels, refusals: refusalCounters,
            now: now)
    }

    /// Adds a family, or finds the one that agrees with it.
    private func register(_ family: RegisteredFamily) throws(ExpositionError) -> RegisteredFamily {
        let descriptor = family.descriptor
        try descriptor.validate()
        let names = descriptor.type.names(for: descriptor.name)
        let result: Result<RegisteredFamily, ExpositionError> = state.withLock { state in
            if let existing = state.families[descriptor.name] {
                guard existing.descriptor.agrees(with: descriptor) else {
                    return .failure(conflict(descriptor, with: descriptor.name))
                }
                return .success(existing)
            }
            if let name = names.first(where: state.owners.keys.contains), let owner = state.owners[name] {
                return .failure(conflict(descriptor, with: owner))
            }
            for name in names { state.owners[name] = descriptor.name }
            state.families[descriptor.name] = family
            state.ordered = nil
            return .success(family)
        }
        return try result.get()
    }

    private func conflict(_ descriptor: MetricDescriptor, with owner: String) -> ExpositionError {
        ExpositionError(
            .conflict,
            "The \(descriptor.type.keyword) \(descriptor.name) clashes with the family \(owner), which has another type, "
                + "unit, labels or buckets; choose another name or register both alike.")
    }
}
