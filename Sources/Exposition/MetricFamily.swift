/// All series of one metric name.
///
/// Looking up a series takes a lock and renders the labels: do it once and keep the series. All methods may be called
/// from any thread and block for no longer than a dictionary access.
public final class MetricFamily<Series: MetricSeries>: Sendable {
    /// What is fixed about the family.
    public let descriptor: MetricDescriptor
    private let store = SeriesStore<Series>()

    init(descriptor: MetricDescriptor) {
        self.descriptor = descriptor
    }

    /// The series with the given label values, made with value 0 when it does not exist yet.
    ///
    /// Calling it without using the result creates the series in advance, so that `rate()` sees its first increment.
    ///
    /// - Parameter values: One value per label name, in the order of registration; none for a family without labels.
    /// - Returns: The series; the same object for the same labels, as long as it is not removed.
    /// - Throws: `ExpositionError` with `.labelMismatch` when the number of values is not that of the label names.
    @discardableResult
    public func labels(_ values: String...) throws(ExpositionError) -> Series {
        series(try descriptor.labels(values))
    }

    /// The series with the given labels, made with value 0 when it does not exist yet.
    ///
    /// - Parameter pairs: Label names and values in any order.
    /// - Returns: The series; the same object for the same labels, as long as it is not removed.
    /// - Throws: `ExpositionError` with `.labelMismatch` when the names are not the family's.
    @discardableResult
    public func labels(_ pairs: KeyValuePairs<String, String>) throws(ExpositionError) -> Series {
        series(try descriptor.labels(pairs))
    }

    /// Takes a series out of the exposition; whoever still holds it can update it without effect.
    ///
    /// - Parameter series: A series of this family.
    /// - Returns: Whether it was part of the family until now.
    @discardableResult
    public func remove(_ series: Series) -> Bool {
        store.remove(series.labels, identity: series)
    }

    /// Takes the series with the given label values out of the exposition.
    ///
    /// - Parameter values: One value per label name, in the order of registration.
    /// - Returns: Whether there was such a series.
    @discardableResult
    public func remove(_ values: String...) -> Bool {
        // Values that do not fit the family name no series, which is what the result says.
        guard let labels = try? descriptor.labels(values) else { return false }
        return store.remove(labels)
    }

    func series(_ labels: LabelSet) -> Series {
        store.series(labels) { Series(descriptor: descriptor, labels: labels) }
    }

    func ordered() -> [Series] {
        store.ordered()
    }
}
