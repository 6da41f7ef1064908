import Exposition

/// One entry of a parsed text, as a copy that can be compared.
enum RecordedEntry: Equatable {
    case type(String, ExpositionType)
    case help(String, String)
    case unit(String, String)
    case sample(RecordedSample)

    /// The entry with `le` and `quantile` in one form: some write `1`, others `1.0`.
    var normalized: RecordedEntry {
        guard case .sample(var sample) = self else { return self }
        for label in ["le", "quantile"] {
            guard let number = sample.labels[label].flatMap(Double.init) else { continue }
            sample.labels[label] = "\(number)"
        }
        return .sample(sample)
    }
}

/// A sample as a copy.
struct RecordedSample: Equatable {
    var name: String
    var labels: [String: String] = [:]
    @SameNumber var value: Double
    var timestamp: Int64?
    var exemplar: RecordedExemplar?
}

/// An exemplar as a copy.
struct RecordedExemplar: Equatable {
    var labels: [String: String] = [:]
    @SameNumber var value: Double
    var timestamp: Int64?
}

/// A number that is equal to itself also where it is NaN.
@propertyWrapper
struct SameNumber: Equatable {
    var wrappedValue: Double

    static func == (left: SameNumber, right: SameNumber) -> Bool {
        left.wrappedValue == right.wrappedValue || left.wrappedValue.isNaN && right.wrappedValue.isNaN
    }
}

/// The formats and their modes.
enum RecordedFormat {
    case text
    case openMetrics
    case strictOpenMetrics
}

/// Copies every entry.
struct EntryRecorder: ExpositionVisitor {
    private(set) var entries: [RecordedEntry] = []

    mutating func sample(_ sample: ExpositionSample) {
        let exemplar = sample.exemplar.map {
            RecordedExemplar(labels: Self.labels($0.labels), value: $0.value, timestamp: $0.timestamp)
        }
        let recorded = RecordedSample(
            name: sample.name.string,
            labels: Self.labels(sample.labels),
            value: sample.value,
            timestamp: sample.timestamp,
            exemplar: exemplar
        )
        entries.append(.sample(recorded))
    }

    mutating func type(_ type: ExpositionType, of family: ExpositionText) {
        entries.append(.type(family.string, type))
    }

    mutating func help(_ text: ExpositionText, of family: ExpositionText) {
        entries.append(.help(family.string, text.string))
    }

    mutating func unit(_ unit: ExpositionText, of family: ExpositionText) {
        entries.append(.unit(family.string, unit.string))
    }

    /// Parses a text and copies its entries.
    static func entries(
        of bytes: [UInt8], as format: RecordedFormat = .text
    ) throws(ExpositionParseError) -> [RecordedEntry] {
        var recorder = EntryRecorder()
        switch format {
        case .text: try TextExpositionParser().parse(bytes, into: &recorder)
        case .openMetrics: try OpenMetricsParser().parse(bytes, into: &recorder)
        case .strictOpenMetrics: try OpenMetricsParser(strict: true).parse(bytes, into: &recorder)
        }
        return recorder.entries
    }

    /// Parses a text and copies its entries.
    static func entries(
        of text: String, as format: RecordedFormat = .text
    ) throws(ExpositionParseError) -> [RecordedEntry] {
        try entries(of: Array(text.utf8), as: format)
    }

    private static func labels(_ labels: ExpositionLabels) -> [String: String] {
        Dictionary(labels.map { ($0.name.string, $0.value.string) }) { $1 }
    }
}
