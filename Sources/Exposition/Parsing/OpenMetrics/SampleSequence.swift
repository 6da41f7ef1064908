/// The order of a family's samples: one metric after the other, and the points of each in the order of time.
struct SampleSequence {
    /// What a sample is in the order.
    enum Step: Equatable {
        /// The first one of a metric, or of a metric at another time.
        case beginPoint
        /// One more of the same metric at the same time.
        case continuePoint
        /// One that was there already, which is allowed where both have the same timestamp.
        case repeatPoint
        /// One that must not come here.
        case refuse(ExpositionParseError.Problem)
    }

    /// A sample's suffix and labels: what makes it one series.
    private struct Series: Hashable {
        let suffix: SampleSuffix
        let labels: LabelKey
    }

    private var metric: LabelKey?
    private var seconds: Double?
    private var earlierMetrics: Set<LabelKey> = []
    private var series: Set<Series> = []

    /// Takes a sample of a metric, whose labels are those that all its samples have.
    ///
    /// Where it cannot be told which samples are one metric, `isOrdered` is false and time has no order.
    mutating func add(_ sample: OpenMetricsFamily.Sample, of metric: LabelKey, isOrdered: Bool) -> Step {
        let isSame = metric == self.metric
        if !isSame, !earlierMetrics.insert(metric).inserted { return .refuse(.interruptedMetric) }
        if isSame, isOrdered {
            guard (sample.seconds == nil) == (seconds == nil) else { return .refuse(.mixedTimestamps) }
            if let seconds, let next = sample.seconds, next < seconds { return .refuse(.timestampBackwards) }
        }
        let begins = !isSame || sample.seconds != seconds
        if begins { series.removeAll(keepingCapacity: true) }
        self.metric = metric
        seconds = sample.seconds
        let isNew = series.insert(Series(suffix: sample.suffix, labels: sample.labels)).inserted
        guard isNew else { return sample.seconds == nil ? .refuse(.repeatedSample) : .repeatPoint }
        return begins ? .beginPoint : .continuePoint
    }
}
