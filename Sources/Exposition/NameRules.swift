/// The character rules of metric and label names in the Prometheus data model.
///
/// Source: https://prometheus.io/docs/concepts/data_model/ (the legacy character set, which every scraper accepts).
enum NameRules {
    /// Whether `name` matches `[a-zA-Z_:][a-zA-Z0-9_:]*`.
    static func isMetricName(_ name: String) -> Bool {
        isName(name) { isNameByte($0) || $0 == UInt8(ascii: ":") }
    }

    /// Whether `name` matches `[a-zA-Z_][a-zA-Z0-9_]*` and is not one of Prometheus' own (`__…`).
    static func isLabelName(_ name: String) -> Bool {
        !name.hasPrefix("__") && isBareLabelName(name)
    }

    /// Whether `name` matches `[a-zA-Z_][a-zA-Z0-9_]*`, which needs no quotes.
    static func isBareLabelName(_ name: String) -> Bool {
        isName(name, allowing: isNameByte)
    }

    /// Whether a character may stand in metric and label names without quotes.
    static func isNameScalar(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
        UInt8(exactly: scalar.value).map { isNameByte($0) && !(isFirst && isDigit($0)) } ?? false
    }

    /// The metric name nearest to `label`: each byte outside the rules becomes `_`; always valid.
    static func metricName(from label: String) -> String {
        sanitized(label) { isNameByte($0) || $0 == UInt8(ascii: ":") }
    }

    /// The label name nearest to `dimension`: each byte outside the rules becomes `_`; always valid.
    static func labelName(from dimension: String) -> String {
        let name = sanitized(dimension, allowing: isNameByte)
        // Two leading underscores are reserved for the scraper, so they shrink to one.
        guard name.hasPrefix("__") else { return name }
        return "_" + String(name.drop { $0 == "_" })
    }

    private static func isName(_ name: String, allowing allowed: (UInt8) -> Bool) -> Bool {
        guard let first = name.utf8.first, !isDigit(first) else { return false }
        return name.utf8.allSatisfy(allowed)
    }

    private static func sanitized(_ text: String, allowing allowed: (UInt8) -> Bool) -> String {
        var bytes = text.utf8.map { allowed($0) ? $0 : UInt8(ascii: "_") }
        if bytes.first.map(isDigit) ?? true { bytes.insert(UInt8(ascii: "_"), at: 0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "_"): true
        default: isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
    }
}
