internal import Synchronization

/// What is fixed about a family from its registration on.
public final class MetricDescriptor: Sendable {
    /// The full name, as it stands in the text format (a counter's ends in `_total`).
    public let name: String
    /// Counter, gauge or histogram.
    public let type: MetricType
    /// One sentence for the HELP line; any text.
    public let help: String
    /// The base unit that the name ends in (`seconds`, `bytes`), if it has one.
    public let unit: String?
    /// The label names in the order of registration; `nil` when each series may bring its own.
    public let labelNames: [String]?
    let refusals: RefusalCounters
    /// The clock of the registry.
    let now: @Sendable () -> UnixTime
    /// For each label in the order of the exposition: its position in `labelNames` and the text before its value.
    private let layout: [(index: Int, prefix: [UInt8])]

    init(
        name: String, type: MetricType, help: String, unit: String?, labelNames: [String]?, refusals: RefusalCounters,
        now: @escaping @Sendable () -> UnixTime
    ) {
        self.name = name
        self.type = type
        self.help = help
        self.unit = unit
        self.labelNames = labelNames
        self.refusals = refusals
        self.now = now
        let order = (labelNames ?? []).enumerated().sorted { $0.element < $1.element }
        self.layout = order.enumerated().map { position, label in
            (label.offset, LabelSet.opening(of: label.element, isFirst: position == 0))
        }
    }

    /// The upper bounds of a histogram's buckets; empty for the other types.
    var bounds: [Double] {
        switch type {
        case .histogram(let bounds): bounds
        case .counter, .gauge: []
        }
    }

    /// `le="…"` of each bucket, `+Inf` last, the bounds written by `append`.
    func bucketLabels(append: (Double, inout [UInt8]) -> Void) -> [[UInt8]] {
        (bounds + [.infinity]).map { bound in
            var label = Array("le=\"".utf8)
            append(bound, &label)
            label.append(UInt8(ascii: "\""))
            return label
        }
    }

    /// The exemplar of an update that happens now; `nil` without labels, and for labels that break the rules.
    func exemplar(_ labels: some Collection<(key: String, value: String)>, value: Double) -> Exemplar? {
        guard !labels.isEmpty else { return nil }
        let exemplar = Exemplar(labels, value: value, time: now())
        if exemplar == nil { refusals.invalidExemplars.wrappingAdd(1, ordering: .relaxed) }
        return exemplar
    }

    /// Whether a second registration means this family: everything but the help text must agree.
    func agrees(with other: MetricDescriptor) -> Bool {
        type == other.type && unit == other.unit && labelNames == other.labelNames
    }

    /// The label set of the given values, which are in the order of `labelNames`.
    func labels(_ values: [String]) throws(ExpositionError) -> LabelSet {
        guard values.count == layout.count else {
            throw ExpositionError(.labelMismatch, mismatch("\(values.count) label values were given"))
        }
        return LabelSet(layout: layout, values: values)
    }

    /// The label set of the given pairs, in any order.
    func labels(_ pairs: some Collection<(key: String, value: String)>) throws(ExpositionError) -> LabelSet {
        guard let labelNames else {
            for pair in pairs { try checkLabelName(pair.key) }
            return LabelSet(pairs: pairs.map { ($0.key, $0.value) })
        }
        var values: [String] = []
        for name in labelNames {
            guard let value = pairs.first(where: { $0.key == name })?.value else {
                throw ExpositionError(.labelMismatch, mismatch("the label \(name) is missing"))
            }
            values.append(value)
        }
        guard pairs.count == labelNames.count else {
            throw ExpositionError(.labelMismatch, mismatch("\(pairs.count) labels were given"))
        }
        return LabelSet(layout: layout, values: values)
    }

    private func mismatch(_ problem: String) -> String {
        "\(name) has the labels (\((labelNames ?? []).joined(separator: ", "))), but \(problem); give exactly these."
    }

    /// Checks the names, the unit and the buckets against the rules of both formats.
    func validate() throws(ExpositionError) {
        guard NameRules.isMetricName(name) else {
            throw ExpositionError(.invalidName, "\"\(name)\" is not a metric name; use [a-zA-Z_:][a-zA-Z0-9_:]*.")
        }
        var stem = name[...]
        if case .counter = type {
            guard name.hasSuffix(MetricType.counterSuffix), name != MetricType.counterSuffix else {
                throw ExpositionError(.invalidName, "The counter \(name) needs a name that ends in _total.")
            }
            stem = name.dropLast(MetricType.counterSuffix.utf8.count)
        }
        if let unit, !stem.hasSuffix("_\(unit)") {
            throw ExpositionError(.invalidName, "\(name) is in \(unit); end its name in _\(unit), before any _total.")
        }
        var seen: Set<String> = []
        for label in labelNames ?? [] {
            try checkLabelName(label)
            guard seen.insert(label).inserted else {
                throw ExpositionError(.invalidLabelName, "\(name) names the label \(label) twice; name it once.")
            }
        }
        try validateBounds()
    }

    private func checkLabelName(_ label: String) throws(ExpositionError) {
        guard NameRules.isLabelName(label) else {
            throw ExpositionError(
                .invalidLabelName,
                "\"\(label)\" of \(name) is not a label name; use [a-zA-Z_][a-zA-Z0-9_]* without a leading __.")
        }
        if case .histogram = type, label == "le" {
            throw ExpositionError(.invalidLabelName, "The histogram \(name) writes the label le itself; rename it.")
        }
    }

    private func validateBounds() throws(ExpositionError) {
        guard case .histogram(let bounds) = type else { return }
        let ascending = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
        guard !bounds.isEmpty, ascending, bounds.allSatisfy(\.isFinite) else {
            throw ExpositionError(
                .invalidBuckets,
                "The buckets of \(name) must be one or more finite bounds in ascending order; +Inf is added by itself.")
        }
    }
}
