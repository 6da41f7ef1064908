import Exposition

/// Writes what a parser reads as a JSON array with one object for each entry.
///
/// Objects have `kind` (`type`, `help`, `unit`, `series`) and `name`, then `type` or `text`, or for a series `labels`
/// where it has some, `value` as text (JSON has no NaN), `ts_ms` and `exemplar` where it has them. A label name that the
/// text repeats is repeated.
struct EntryJSON: ExpositionVisitor {
    private(set) var bytes: [UInt8] = []

    mutating func type(_ type: ExpositionType, of family: ExpositionText) {
        begin("type", family.string)
        bytes.append(contentsOf: ",\"type\":\"\(type.rawValue)\"}".utf8)
    }

    mutating func help(_ text: ExpositionText, of family: ExpositionText) {
        add("help", text, of: family)
    }

    mutating func unit(_ unit: ExpositionText, of family: ExpositionText) {
        add("unit", unit, of: family)
    }

    mutating func sample(_ sample: ExpositionSample) {
        begin("series", sample.name.string)
        bytes.append(UInt8(ascii: ","))
        add(sample.labels, value: sample.valueText, timestamp: sample.timestamp)
        if let exemplar = sample.exemplar {
            bytes.append(contentsOf: ",\"exemplar\":{".utf8)
            add(exemplar.labels, value: exemplar.valueText, timestamp: exemplar.timestamp)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func begin(_ kind: String, _ name: String) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: "{\"kind\":\"\(kind)\",\"name\":".utf8)
        JSONText.append(name, to: &bytes)
    }

    private mutating func add(_ kind: String, _ text: ExpositionText, of family: ExpositionText) {
        begin(kind, family.string)
        bytes.append(contentsOf: ",\"text\":".utf8)
        JSONText.append(text.string, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func add(_ labels: ExpositionLabels, value: String, timestamp: Int64?) {
        var separator = "\"labels\":{"
        for label in labels {
            bytes.append(contentsOf: separator.utf8)
            JSONText.append(label.name.string, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            JSONText.append(label.value.string, to: &bytes)
            separator = ","
        }
        if separator == "," { bytes.append(contentsOf: "},".utf8) }
        bytes.append(contentsOf: "\"value\":\"\(value)\"".utf8)
        if let timestamp { bytes.append(contentsOf: ",\"ts_ms\":\(timestamp)".utf8) }
    }
}
