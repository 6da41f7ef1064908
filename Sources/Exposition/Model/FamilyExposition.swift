/// Writes families that are given as values, with any names.
///
/// The text format lacks what OpenMetrics has: an info and a stateset become gauges, a gauge histogram becomes a
/// histogram, creation times and exemplars are left out, and a time beyond 64 bits becomes the nearest within.
struct FamilyExposition {
    private(set) var output: ExpositionOutput
    private let format: ExpositionFormat

    init(output: ExpositionOutput, format: ExpositionFormat) {
        self.output = output
        self.format = format
    }

    /// Ends the text and gives it to a buffer.
    mutating func finish(into buffer: inout [UInt8]) {
        if isOpenMetrics { output.append("# EOF\n") }
        output.move(to: &buffer)
    }

    /// Writes one family with all its samples.
    mutating func write(_ family: ExposedFamily) {
        metadata("TYPE", of: family, isOpenMetrics ? family.type.rawValue : family.type.textKeyword)
        if isOpenMetrics, !family.unit.isEmpty { metadata("UNIT", of: family, family.unit) }
        if !family.help.isEmpty { metadata("HELP", of: family, family.help) }
        for sample in family.samples where isOpenMetrics || sample.suffix != SampleSuffix.created.rawValue {
            write(sample, of: family)
        }
    }

    private var isOpenMetrics: Bool { format.version.isOpenMetrics }

    private mutating func metadata(_ keyword: StaticString, of family: ExposedFamily, _ text: String) {
        output.append("# ")
        output.append(keyword)
        output.append(" " as Unicode.Scalar)
        let name = name(of: family, suffix: isOpenMetrics ? "" : family.type.familySuffix)
        if NameRules.isMetricName(name) { output.append(Array(name.utf8)) } else { quoted(name) }
        output.append(" " as Unicode.Scalar)
        output.append(escaping: text, quote: isOpenMetrics)
        output.append("\n" as Unicode.Scalar)
    }

    private mutating func write(_ sample: ExposedSample, of family: ExposedFamily) {
        let name = name(of: family, suffix: isOpenMetrics ? sample.suffix : sample.textSuffix)
        let isBare = NameRules.isMetricName(name)
        if isBare { output.append(Array(name.utf8)) }
        labels(sample.labels(of: family.type), name: isBare ? nil : name)
        output.append(" " as Unicode.Scalar)
        output.append(number: sample.value)
        if let timestamp = sample.timestamp {
            output.append(" " as Unicode.Scalar)
            if isOpenMetrics { output.append(number: timestamp) } else { output.append(milliseconds: timestamp * 1000) }
        }
        if isOpenMetrics, let exemplar = sample.exemplar { write(exemplar) }
        output.append("\n" as Unicode.Scalar)
    }

    private mutating func write(_ exemplar: ExposedExemplar) {
        output.append(" # ")
        if exemplar.labels.isEmpty { output.append("{}") }
        labels(exemplar.labels, name: nil)
        output.append(" " as Unicode.Scalar)
        output.append(number: exemplar.value)
        guard let timestamp = exemplar.timestamp else { return }
        output.append(" " as Unicode.Scalar)
        output.append(number: timestamp)
    }

    /// Writes `{"name",label="value"}`, without braces where there is nothing to write.
    private mutating func labels(_ labels: [String: String], name: String?) {
        guard !labels.isEmpty || name != nil else { return }
        output.append("{" as Unicode.Scalar)
        if let name { quoted(name) }
        var isFirst = name == nil
        for (label, value) in labels.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            if !isFirst { output.append("," as Unicode.Scalar) }
            isFirst = false
            let label = format.escaping.labelName(label)
            if NameRules.isBareLabelName(label) { output.append(Array(label.utf8)) } else { quoted(label) }
            output.append("=" as Unicode.Scalar)
            quoted(value)
        }
        output.append("}" as Unicode.Scalar)
    }

    private mutating func quoted(_ text: String) {
        output.append("\"" as Unicode.Scalar)
        output.append(escaping: text, quote: true)
        output.append("\"" as Unicode.Scalar)
    }

    /// A family's or a sample's name under the scheme: that of a counter is escaped with its `_total`, like a registry's.
    private func name(of family: ExposedFamily, suffix: String) -> String {
        guard family.type == .counter else { return format.escaping.metricName(family.name) + suffix }
        let total = format.escaping.metricName(family.name + MetricType.counterSuffix)
        return total.dropLast(MetricType.counterSuffix.count) + suffix
    }
}

extension DecimalNumber {
    /// Reads a number that is held as a string.
    static func value(ofText text: String) -> Double? {
        Array(text.utf8).withUnsafeBytes { value(of: $0) }
    }
}

extension ExposedSample {
    /// The suffix in the text format, which has histograms only.
    fileprivate var textSuffix: String {
        switch SampleSuffix(rawValue: suffix) {
        case .gaugeCount: SampleSuffix.count.rawValue
        case .gaugeSum: SampleSuffix.sum.rawValue
        default: suffix
        }
    }

    /// The labels, with bounds and quantiles as canonical numbers.
    fileprivate func labels(of type: ExpositionType) -> [String: String] {
        let name: String
        switch (type, SampleSuffix(rawValue: suffix)) {
        case (.histogram, .bucket), (.gaugeHistogram, .bucket): name = "le"
        case (.summary, .some(.none)): name = "quantile"
        default: return labels
        }
        guard let number = labels[name].flatMap(DecimalNumber.value(ofText:)) else { return labels }
        var text: [UInt8] = []
        NumberText.append(canonical: number, to: &text)
        return labels.merging([name: String(decoding: text, as: UTF8.self)]) { $1 }
    }
}

extension ExpositionType {
    /// The word of the text format.
    fileprivate var textKeyword: String {
        switch self {
        case .counter, .gauge, .histogram, .summary: rawValue
        case .gaugeHistogram: ExpositionType.histogram.rawValue
        case .info, .stateSet: ExpositionType.gauge.rawValue
        case .unknown: "untyped"
        }
    }

    /// What the text format has behind the name in metadata.
    fileprivate var familySuffix: String {
        switch self {
        case .counter: MetricType.counterSuffix
        case .info: SampleSuffix.info.rawValue
        case .gauge, .gaugeHistogram, .histogram, .stateSet, .summary, .unknown: ""
        }
    }
}
