internal import Synchronization

/// What collectors say during one scrape.
public struct CollectedSamples {
    private var byFamily: [ObjectIdentifier: [LabelSet: Double]] = [:]

    init() {}

    /// Adds one sample to the scrape under way.
    ///
    /// A sample with wrong labels, or with the labels of an earlier sample, is dropped and counted in `Refusals`; one
    /// with the labels of a series that the family keeps itself is dropped in favour of that series.
    ///
    /// - Parameters:
    ///   - value: The value; for a counter it must never fall while the process runs.
    ///   - family: The counter or gauge family that the sample belongs to.
    ///   - labelValues: One value per label name, in the order of registration.
    public mutating func emit<Series: NumberSeries>(
        _ value: Double, to family: MetricFamily<Series>, _ labelValues: String...
    ) {
        emit(value, to: family, labels: labelValues)
    }

    /// Adds one sample whose labels are a list.
    ///
    /// - Parameters:
    ///   - value: The value; for a counter it must never fall while the process runs.
    ///   - family: The counter or gauge family that the sample belongs to.
    ///   - labelValues: One value per label name, in the order of registration.
    public mutating func emit<Series: NumberSeries>(
        _ value: Double, to family: MetricFamily<Series>, labels labelValues: [String]
    ) {
        let descriptor = family.descriptor
        // A scrape has nobody to throw to: the count of malformed samples says that a collector is wrong.
        guard let labels = try? descriptor.labels(labelValues) else {
            descriptor.refusals.malformedSamples.wrappingAdd(1, ordering: .relaxed)
            return
        }
        let existing = byFamily[ObjectIdentifier(descriptor), default: [:]].updateValue(value, forKey: labels)
        if let existing {
            byFamily[ObjectIdentifier(descriptor)]?[labels] = existing
            descriptor.refusals.duplicateSamples.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// The samples of one family, sorted by labels.
    func ordered(for descriptor: MetricDescriptor) -> [(labels: LabelSet, value: Double)] {
        guard let samples = byFamily[ObjectIdentifier(descriptor)] else { return [] }
        return samples.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }
}
