public import CoreMetrics

/// A value that rises and falls.
public final class GaugeSeries: NumberSeries {
    /// What is fixed about the family of this series.
    public let descriptor: MetricDescriptor
    /// The labels that tell this series from the others of its family.
    public let labels: LabelSet
    private let current = AtomicDouble(0)

    /// Makes a series at zero; called by families.
    ///
    /// - Parameters:
    ///   - descriptor: The family's description.
    ///   - labels: The labels of the new series.
    public init(descriptor: MetricDescriptor, labels: LabelSet) {
        self.descriptor = descriptor
        self.labels = labels
    }

    /// The value set or reached last.
    public var value: Double { current.load() }

    /// Replaces the value.
    ///
    /// - Parameter value: Any number; NaN and infinities are exposed as such.
    public func set(_ value: Double) {
        current.store(value)
    }

    /// Replaces the value by a whole number.
    ///
    /// - Parameter value: Any integer; beyond 2^53 the nearest representable number is kept.
    public func set(_ value: Int) {
        current.store(Double(value))
    }

    /// Raises the value.
    ///
    /// - Parameter amount: What to add; a negative amount lowers it.
    public func increment(by amount: Double = 1) {
        current.add(amount)
    }

    /// Lowers the value.
    ///
    /// - Parameter amount: What to subtract.
    public func decrement(by amount: Double = 1) {
        current.add(-amount)
    }
}

extension GaugeSeries: MeterHandler, RecorderHandler {
    /// Replaces the value on behalf of a swift-metrics meter.
    ///
    /// - Parameter value: The new value.
    public func set(_ value: Int64) {
        current.store(Double(value))
    }

    /// Replaces the value on behalf of a swift-metrics gauge.
    ///
    /// - Parameter value: The new value.
    public func record(_ value: Int64) {
        current.store(Double(value))
    }

    /// Replaces the value on behalf of a swift-metrics gauge.
    ///
    /// - Parameter value: The new value.
    public func record(_ value: Double) {
        current.store(value)
    }
}
