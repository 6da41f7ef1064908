import YAML

/// What the text of a scalar means to YAML; the raw value names it in messages.
enum ScalarKind: String {
    case nothing = "nothing"
    case boolean = "a boolean"
    case number = "a number"
    case string = "a string"

    /// Judges a scalar without quotes.
    ///
    /// Source: YAML 1.2.2, section 10.3.2, without the numbers that are words.
    init(plain text: String) {
        let looksNumeric = text.utf8.first.map { "0123456789+-.".utf8.contains($0) } ?? false
        if YAMLScalar(text, isPlain: true).isNull {
            self = .nothing
        } else if ["true", "True", "TRUE", "false", "False", "FALSE"].contains(text) {
            self = .boolean
        } else if looksNumeric, Double(text) != nil {
            self = .number
        } else {
            self = .string
        }
    }
}
