public import Logging

/// A metadata value that is a JSON number or boolean instead of a string.
public enum LogValue: Sendable, Equatable, CustomStringConvertible {
    /// A whole number.
    case integer(Int64)
    /// A whole number beyond `Int64`.
    case unsigned(UInt64)
    /// A number with a fraction; JSON has no NaN and infinities, so these become strings.
    case number(Double)
    /// True or false.
    case boolean(Bool)

    /// The text of the value: a JSON literal, except for NaN and infinities.
    public var description: String {
        switch self {
        case .integer(let value): String(value)
        case .unsigned(let value): String(value)
        case .boolean(let value): String(value)
        case .number(let value): Self.text(of: value)
        }
    }

    /// Whether the description may stand in JSON without quotes.
    var isLiteral: Bool {
        switch self {
        case .integer, .unsigned, .boolean: true
        case .number(let value): value.isFinite
        }
    }

    /// The typed value behind a metadata value, if it is a number, a boolean or a duration (in milliseconds).
    init?(_ value: any CustomStringConvertible & Sendable) {
        switch value {
        case let value as LogValue: self = value
        case let value as Int: self = .integer(Int64(value))
        case let value as Bool: self = .boolean(value)
        case let value as Double: self = .number(value)
        case let value as Duration: self = .milliseconds(value)
        case let value as Int64: self = .integer(value)
        case let value as Int32: self = .integer(Int64(value))
        case let value as Int16: self = .integer(Int64(value))
        case let value as Int8: self = .integer(Int64(value))
        case let value as UInt: self = .unsigned(UInt64(value))
        case let value as UInt64: self = .unsigned(value)
        case let value as UInt32: self = .unsigned(UInt64(value))
        case let value as UInt16: self = .unsigned(UInt64(value))
        case let value as UInt8: self = .unsigned(UInt64(value))
        // By way of its text: 0.1 as a Float is not the Double nearest to it.
        case let value as Float: self = .number(Double(value.description) ?? Double(value))
        default: return nil
        }
    }

    /// A duration in milliseconds, to the microsecond, with a fraction only where there is one.
    static func milliseconds(_ duration: Duration) -> LogValue {
        .number((duration / .microseconds(1)).rounded() / 1000)
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
        return value.description
    }
}

extension Logger.MetadataValue {
    /// A whole number.
    ///
    /// - Parameter value: Any integer; beyond 64 bits the nearest 64-bit integer is logged.
    /// - Returns: A value that JSON lines show without quotes.
    public static func number(_ value: some BinaryInteger) -> Logger.MetadataValue {
        if let unsigned = UInt64(exactly: value) { return .stringConvertible(LogValue.unsigned(unsigned)) }
        return .stringConvertible(LogValue.integer(Int64(clamping: value)))
    }

    /// A number with a fraction.
    ///
    /// - Parameter value: Any number.
    /// - Returns: A value that JSON lines show without quotes if it is finite.
    public static func number(_ value: Double) -> Logger.MetadataValue {
        .stringConvertible(LogValue.number(value))
    }

    /// True or false.
    ///
    /// - Parameter value: The boolean.
    /// - Returns: A value that JSON lines show without quotes.
    public static func bool(_ value: Bool) -> Logger.MetadataValue {
        .stringConvertible(LogValue.boolean(value))
    }

    /// A duration in milliseconds, to the microsecond; the key should end in `_ms`.
    ///
    /// - Parameter duration: Any duration.
    /// - Returns: A value that JSON lines show as a number.
    public static func milliseconds(_ duration: Duration) -> Logger.MetadataValue {
        .stringConvertible(LogValue.milliseconds(duration))
    }
}
