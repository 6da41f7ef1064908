import Exposition

/// One entry of a parsed text, as a copy that can be compared.
enum RecordedEntry: Equatable {
    case type(String, ExpositionType)
    case help(String, String)
    case sample(RecordedSample)
}

/// A sample as a copy; two values that are NaN are equal.
struct RecordedSample: Equatable {
    var name: String
    var labels: [String: String] = [:]
    var value: Double
    var timestamp: Int64?

    static func == (left: RecordedSample, right: RecordedSample) -> Bool {
        left.name == right.name && left.labels == right.labels && left.timestamp == right.timestamp
            && (left.value == right.value || left.value.isNaN && right.value.isNaN)
    }
}

/// Copies every entry.
struct EntryRecorder: ExpositionVisitor {
    private(set) var entries: [RecordedEntry] = []

    mutating func sample(_ sample: ExpositionSample) {
        let labels = sample.labels.map { ($0.name.string, $0.value.string) }
        let recorded = RecordedSample(
            name: sample.name.string,
            labels: Dictionary(labels) { $1 },
            value: sample.value,
            timestamp: sample.timestamp
        )
        entries.append(.sample(recorded))
    }

    mutating func type(_ type: ExpositionType, of family: ExpositionText) {
        entries.append(.type(family.string, type))
    }

    mutating func help(_ text: ExpositionText, of family: ExpositionText) {
        entries.append(.help(family.string, text.string))
    }

    /// Parses a text and copies its entries.
    static func entries(of bytes: [UInt8]) throws(ExpositionParseError) -> [RecordedEntry] {
        var recorder = EntryRecorder()
        try TextExpositionParser().parse(bytes, into: &recorder)
        return recorder.entries
    }

    /// Parses a text and copies its entries.
    static func entries(of text: String) throws(ExpositionParseError) -> [RecordedEntry] {
        try entries(of: Array(text.utf8))
    }
}
