/// Writes a registry in Prometheus' text format, version 0.0.4 or 1.0.0.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
struct TextExposition {
    var output: ExpositionOutput
    private let escaping: NameEscaping
    private var name: [UInt8] = []
    /// `le="…"` of each bucket of the family under way, `+Inf` last.
    private var bucketLabels: [[UInt8]] = []

    init(output: ExpositionOutput, escaping: NameEscaping) {
        self.output = output
        self.escaping = escaping
    }

    private mutating func begin(_ suffix: StaticString, _ labels: LabelSet, extra: [UInt8] = []) {
        output.append(name)
        output.append(suffix)
        output.append(labels: labels.text(under: escaping), extra: extra)
    }

    private mutating func end(_ value: Double) {
        output.append(number: value)
        output.append("\n" as Unicode.Scalar)
    }

    private mutating func end(_ count: UInt64) {
        output.append(number: count)
        output.append("\n" as Unicode.Scalar)
    }
}

extension TextExposition: SampleVisitor {
    mutating func family(_ descriptor: MetricDescriptor) {
        name = Array(escaping.metricName(descriptor.name).utf8)
        bucketLabels = descriptor.bucketLabels { NumberText.append(bound: $0, to: &$1) }
        output.append("# HELP ")
        output.append(name)
        output.append(" " as Unicode.Scalar)
        output.append(escaping: descriptor.help, quote: false)
        output.append("\n# TYPE ")
        output.append(name)
        output.append(" " as Unicode.Scalar)
        output.append(escaping: descriptor.type.keyword, quote: false)
        output.append("\n" as Unicode.Scalar)
    }

    mutating func number(_ value: Double, labels: LabelSet) {
        begin("", labels)
        end(value)
    }

    mutating func counter(_ series: CounterSeries) {
        number(series.value, labels: series.labels)
    }

    mutating func histogram(_ series: HistogramSeries) {
        var cumulative: UInt64 = 0
        for (index, label) in bucketLabels.enumerated() {
            cumulative &+= series.count(at: index)
            begin("_bucket", series.labels, extra: label)
            end(cumulative)
        }
        begin("_sum", series.labels)
        end(series.sum)
        begin("_count", series.labels)
        end(cumulative)
    }
}
