public import CoreMetrics
internal import Synchronization

/// The backend that makes swift-metrics instruments series of a `MetricRegistry`.
///
/// Names and label names outside the rules are sanitised byte by byte to `_`; a counter's name gets `_total` and a
/// timer's `_seconds` where it is missing; the order of dimensions does not matter. A family that was registered up
/// front under the resulting name is used with its help and buckets. An instrument that cannot be exposed works without
/// effect, is counted in `Refusals` and reported. All methods may be called from any thread.
public struct RegistryMetricsFactory: MetricsFactory {
    /// Buckets for durations in seconds: client_golang's defaults, from 5 ms to 10 s.
    public static let defaultTimerBuckets: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// Buckets for values of unknown scale: powers of ten.
    public static let defaultRecorderBuckets: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

    private let registry: MetricRegistry
    private let timerBuckets: [Double]
    private let recorderBuckets: [Double]
    private let onConflict: @Sendable (ExpositionError) -> Void

    /// Makes a backend.
    ///
    /// - Parameters:
    ///   - registry: Where the series live.
    ///   - timerBuckets: Bounds in seconds for timers that no registered family fixes.
    ///   - recorderBuckets: Bounds for recorders that no registered family fixes.
    ///   - onConflict: Told of each instrument that cannot be exposed, on the thread that made the instrument.
    public init(
        registry: MetricRegistry,
        timerBuckets: [Double] = Self.defaultTimerBuckets,
        recorderBuckets: [Double] = Self.defaultRecorderBuckets,
        onConflict: @escaping @Sendable (ExpositionError) -> Void = { _ in }
    ) {
        self.registry = registry
        self.timerBuckets = timerBuckets
        self.recorderBuckets = recorderBuckets
        self.onConflict = onConflict
    }

    /// The counter of these dimensions.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    /// The counter of these dimensions, for amounts with a fraction.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    /// The gauge of these dimensions.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    /// The histogram of these dimensions, or the gauge when `aggregate` is false.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return gauge(label, dimensions) }
        return histogram(NameRules.metricName(from: label), label, dimensions, buckets: recorderBuckets)
    }

    /// The histogram of these dimensions, in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(name(from: label, suffix: "_seconds"), label, dimensions, buckets: timerBuckets)
    }

    /// Removes a counter from the exposition.
    public func destroyCounter(_ handler: any CounterHandler) { destroy(handler) }

    /// Removes a counter from the exposition.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { destroy(handler) }

    /// Removes a gauge from the exposition.
    public func destroyMeter(_ handler: any MeterHandler) { destroy(handler) }

    /// Removes a histogram or gauge from the exposition.
    public func destroyRecorder(_ handler: any RecorderHandler) { destroy(handler) }

    /// Removes a histogram from the exposition.
    public func destroyTimer(_ handler: any TimerHandler) { destroy(handler) }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
        let name = name(from: label, suffix: MetricType.counterSuffix)
        return series(registry.descriptor(name, .counter, label, nil, nil), dimensions) {
            descriptor throws(ExpositionError) in
            if case .counter(let family) = registry.family(named: name) { return family }
            return try registry.counterFamily(descriptor)
        }
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        let name = NameRules.metricName(from: label)
        return series(registry.descriptor(name, .gauge, label, nil, nil), dimensions) {
            descriptor throws(ExpositionError) in
            if case .gauge(let family) = registry.family(named: name) { return family }
            return try registry.gaugeFamily(descriptor)
        }
    }

    private func histogram(
        _ name: String, _ label: String, _ dimensions: [(String, String)], buckets: [Double]
    ) -> HistogramSeries {
        series(registry.descriptor(name, .histogram(bounds: buckets), label, nil, nil), dimensions) {
            descriptor throws(ExpositionError) in
            if case .histogram(let family) = registry.family(named: name) { return family }
            return try registry.histogramFamily(descriptor)
        }
    }

    /// The series of these dimensions in the family that `find` returns, or one outside the exposition.
    private func series<Series: MetricSeries>(
        _ descriptor: MetricDescriptor,
        _ dimensions: [(String, String)],
        find: (MetricDescriptor) throws(ExpositionError) -> MetricFamily<Series>
    ) -> Series {
        do throws(ExpositionError) {
            let family = try find(descriptor)
            let pairs = dimensions.map { (key: NameRules.labelName(from: $0.0), value: $0.1) }
            return family.series(try family.descriptor.labels(pairs))
        } catch {
            registry.refusalCounters.conflicts.wrappingAdd(1, ordering: .relaxed)
            onConflict(error)
            return Series(descriptor: descriptor, labels: .empty)
        }
    }

    private func name(from label: String, suffix: String) -> String {
        let name = NameRules.metricName(from: label)
        return name.hasSuffix(suffix) && name != suffix ? name : name + suffix
    }

    private func destroy(_ handler: AnyObject) {
        guard let series = handler as? any MetricSeries else { return }
        switch registry.family(named: series.descriptor.name) {
        case .counter(let family): _ = (series as? CounterSeries).map { family.remove($0) }
        case .gauge(let family): _ = (series as? GaugeSeries).map { family.remove($0) }
        case .histogram(let family): _ = (series as? HistogramSeries).map { family.remove($0) }
        case nil: break
        }
    }
}
