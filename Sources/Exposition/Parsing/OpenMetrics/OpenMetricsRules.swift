/// What OpenMetrics asks of a text beyond its grammar.
///
/// Source: https://prometheus.io/docs/specs/om/open_metrics_spec/, sections "Data Model" and "Text Format". Where the
/// specification leaves a choice, what its reference parser in Python accepts is accepted.
struct OpenMetricsRules {
    /// What a metadata line says about a family.
    enum Metadata {
        case help
        case type(ExpositionType)
        case unit(isEmpty: Bool)
    }

    private let bytes: UnsafeRawBufferPointer
    private var family: OpenMetricsFamily?
    // The names of all families that have ended, and of all samples that they might have had.
    private var names: Set<[UInt8]> = []

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Looks at a metadata line that starts at a position.
    mutating func add(
        _ metadata: Metadata, of name: ExpositionText, at position: Int
    ) throws(ExpositionParseError) {
        let name = name.utf8
        if family?.name != name {
            try finish()
            family = OpenMetricsFamily(name, at: position)
        }
        try refuse(family?.add(metadata), at: position)
    }

    /// Looks at a sample whose line starts at a position; a timestamp is in seconds.
    mutating func add(_ sample: ExpositionSample, seconds: Double?, at position: Int) throws(ExpositionParseError) {
        let labels = LabelKey(sample.labels)
        try refuse(labels.problem ?? Self.problem(of: sample.exemplar), at: position)
        let name = sample.name.utf8
        if family?.suffix(of: name) == nil {
            try finish()
            family = OpenMetricsFamily(name, at: position)
            // A sample without metadata is one of an unknown metric, which can have none any more.
            try refuse(family?.add(.type(.unknown)), at: position)
            try refuse(Self.isPlain(name) ? nil : .undeclaredName, at: position)
        }
        guard let suffix = family?.suffix(of: name) else { return }
        let facts = OpenMetricsFamily.Sample(
            suffix: suffix,
            labels: labels,
            value: sample.value,
            seconds: seconds,
            hasExemplar: sample.exemplar != nil,
            position: position
        )
        if let violation = family?.add(facts) { try refuse(violation.problem, at: violation.position) }
    }

    /// Ends the text.
    mutating func finish() throws(ExpositionParseError) {
        guard var family else { return }
        if let violation = family.finish() { try refuse(violation.problem, at: violation.position) }
        for name in family.names where !names.insert(name).inserted {
            try refuse(.clashingName, at: family.position)
        }
    }

    /// Whether a name is one that OpenMetrics 1.0 knows; others are an extension, for metrics that are declared.
    private static func isPlain(_ name: [UInt8]) -> Bool {
        name.withUnsafeBytes { bytes in
            var scanner = ByteScanner(bytes)
            return scanner.metricName() != nil && scanner.isAtEnd
        }
    }

    private static func problem(of exemplar: ExpositionExemplar?) -> ExpositionParseError.Problem? {
        guard let exemplar else { return nil }
        let labels = LabelKey(exemplar.labels)
        return labels.problem ?? (labels.characters > exemplarLimit ? .exemplarTooLong : nil)
    }

    /// Characters in the names and values of an exemplar's labels, at most; from the section "Exemplars".
    private static let exemplarLimit = 128

    private func refuse(_ problem: ExpositionParseError.Problem?, at position: Int) throws(ExpositionParseError) {
        guard let problem else { return }
        throw ExpositionParseError(problem, at: position, of: bytes)
    }
}
