/// What a setting accepts; validation and its messages come from here.
package indirect enum FieldType: Sendable {
    /// Text; where a rule is given, it says which.
    case string(NameRule?)
    /// Any scalar, taken as it is written, so that `5` and `true` need no quotes.
    case text
    /// Any scalar, with the type that it is written with.
    case scalar
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A number, whole or with a point.
    case decimal(ClosedRange<Double>)
    /// A number of bytes with or without a unit.
    case byteCount(ClosedRange<ByteCount>)
    /// `true` or `false`.
    case boolean
    /// A time span with units.
    case duration(ClosedRange<Duration>)
    /// One word of a few; the noun names it in messages.
    case choice(noun: String, words: [String])
    /// `HOST:PORT`.
    case endpoint(ports: ClosedRange<Int>)
    /// An address that an HTTP client can ask.
    case httpURL
    /// Which series of a program's metrics are meant.
    case metricSelector
    /// A path, absolute or relative to the folder of the main configuration file.
    case path
    /// File permission bits to withhold, in octal.
    case umask
    /// A list.
    case list(of: FieldType, count: ClosedRange<Int>)
    /// A mapping whose keys the operator chooses.
    case map(keys: NameRule, of: FieldType)
    /// Anything that YAML can say, taken as it is written.
    case free
    /// A mapping with anything in it, taken as it is written.
    case document
    /// A mapping with anything in it, whose expressions are replaced only where it is used.
    case template
    /// A mapping with declared fields.
    case object(ObjectSchema)
}

extension FieldType {
    /// True for values in which expressions are still to be replaced.
    var isTemplate: Bool {
        switch self {
        case .template: true
        case .string, .text, .scalar, .integer, .decimal, .byteCount, .boolean, .duration, .choice, .endpoint, .httpURL,
            .metricSelector, .path, .umask, .list, .map, .free, .document, .object:
            false
        }
    }
}
