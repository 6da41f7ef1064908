internal import Synchronization

/// A family of any type, as the registry keeps it.
enum RegisteredFamily: Sendable {
    case counter(MetricFamily<CounterSeries>)
    case gauge(MetricFamily<GaugeSeries>)
    case histogram(MetricFamily<HistogramSeries>)

    var descriptor: MetricDescriptor {
        switch self {
        case .counter(let family): family.descriptor
        case .gauge(let family): family.descriptor
        case .histogram(let family): family.descriptor
        }
    }

    /// Shows the family and its samples to a visitor.
    func visit(_ visitor: inout some SampleVisitor, collected: CollectedSamples) {
        visitor.family(descriptor)
        switch self {
        case .counter(let family): visitNumbers(of: family, collected, &visitor) { $0.counter($1) }
        case .gauge(let family):
            visitNumbers(of: family, collected, &visitor) { $0.number($1.value, labels: $1.labels) }
        case .histogram(let family):
            for series in family.ordered() { visitor.histogram(series) }
        }
    }

    private func visitNumbers<Series: NumberSeries, Visitor: SampleVisitor>(
        of family: MetricFamily<Series>, _ collected: CollectedSamples, _ visitor: inout Visitor,
        show: (inout Visitor, Series) -> Void
    ) {
        let samples = collected.ordered(for: family.descriptor)
        var next = 0
        for series in family.ordered() {
            while next < samples.count, samples[next].labels < series.labels {
                visitor.number(samples[next].value, labels: samples[next].labels)
                next += 1
            }
            if next < samples.count, samples[next].labels == series.labels {
                family.descriptor.refusals.duplicateSamples.wrappingAdd(1, ordering: .relaxed)
                next += 1
            }
            show(&visitor, series)
        }
        for sample in samples[next...] { visitor.number(sample.value, labels: sample.labels) }
    }
}
