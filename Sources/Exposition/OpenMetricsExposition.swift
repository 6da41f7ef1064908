/// Writes a registry in OpenMetrics.
///
/// A sum that OpenMetrics does not allow, because it is NaN or may fall, is left out together with the count, which the
/// bucket `+Inf` says as well.
///
/// Source: https://prometheus.io/docs/specs/om/open_metrics_spec/
struct OpenMetricsExposition {
    var output: ExpositionOutput
    private let escaping: NameEscaping
    /// The family's name, which a counter's samples continue with `_total`.
    private var name: [UInt8] = []
    /// `le="…"` of each bucket of the family under way, `+Inf` last.
    private var bucketLabels: [[UInt8]] = []
    private var hasNegativeBuckets = false
    /// What a sample of the family under way, a counter or a gauge, has behind the family's name.
    private var numberSuffix: StaticString = ""

    init(output: ExpositionOutput, escaping: NameEscaping) {
        self.output = output
        self.escaping = escaping
    }

    /// Ends the text.
    mutating func finish() {
        output.append("# EOF\n")
    }

    private mutating func metadata(_ keyword: StaticString, _ text: String) {
        output.append("# ")
        output.append(keyword)
        output.append(" " as Unicode.Scalar)
        output.append(name)
        output.append(" " as Unicode.Scalar)
        output.append(escaping: text, quote: true)
        output.append("\n" as Unicode.Scalar)
    }

    private mutating func begin(_ suffix: StaticString, _ labels: LabelSet, extra: [UInt8] = []) {
        output.append(name)
        output.append(suffix)
        output.append(labels: labels.text(under: escaping), extra: extra)
    }

    private mutating func end(_ exemplar: Exemplar?) {
        if let exemplar { output.append(exemplar, under: escaping) }
        output.append("\n" as Unicode.Scalar)
    }

    private mutating func created(_ time: UnixTime, _ labels: LabelSet) {
        begin("_created", labels)
        output.append(time)
        end(nil)
    }
}

extension OpenMetricsExposition: SampleVisitor {
    mutating func family(_ descriptor: MetricDescriptor) {
        name = Array(escaping.metricName(descriptor.name).utf8)
        numberSuffix = ""
        if case .counter = descriptor.type {
            name.removeLast(MetricType.counterSuffix.utf8.count)
            numberSuffix = "_total"
        }
        bucketLabels = descriptor.bucketLabels { NumberText.append(canonical: $0, to: &$1) }
        hasNegativeBuckets = (descriptor.bounds.first ?? 0) < 0
        metadata("TYPE", descriptor.type.keyword)
        if let unit = descriptor.unit { metadata("UNIT", unit) }
        metadata("HELP", descriptor.help)
    }

    mutating func number(_ value: Double, labels: LabelSet) {
        begin(numberSuffix, labels)
        output.append(number: value)
        end(nil)
    }

    mutating func counter(_ series: CounterSeries) {
        begin(numberSuffix, series.labels)
        output.append(number: series.value)
        end(series.exemplar)
        created(series.created, series.labels)
    }

    mutating func histogram(_ series: HistogramSeries) {
        let exemplars = series.exemplars
        var cumulative: UInt64 = 0
        for (index, label) in bucketLabels.enumerated() {
            cumulative &+= series.count(at: index)
            begin("_bucket", series.labels, extra: label)
            output.append(number: cumulative)
            end(exemplars.isEmpty ? nil : exemplars[index])
        }
        let sum = series.sum
        if sum >= 0, !hasNegativeBuckets {
            begin("_count", series.labels)
            output.append(number: cumulative)
            end(nil)
            begin("_sum", series.labels)
            output.append(number: sum)
            end(nil)
        }
        created(series.created, series.labels)
    }
}
