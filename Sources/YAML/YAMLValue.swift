/// A value to be written as YAML, without places.
///
/// Equal values are written as the same text, and a text that was written reads as the same value again.
public enum YAMLValue: Sendable, Hashable {
    /// Text, quoted where a reader could take it for something else.
    case string(String)
    /// A scalar without quotes, as it is written, whose type its reader decides: a number, a boolean, nothing, or what
    /// versions of YAML disagree about, such as `yes` or `0o17`.
    ///
    /// A text that cannot be one of those is written as a string.
    case plain(String)
    /// A list.
    case sequence([YAMLValue])
    /// A mapping, in the order in which it is written.
    case mapping([YAMLField])

    /// No value.
    public static let null = YAMLValue.plain("null")

    /// A truth value.
    public static func boolean(_ truth: Bool) -> YAMLValue { .plain("\(truth)") }

    /// A whole number.
    public static func integer(_ number: Int) -> YAMLValue { .plain("\(number)") }

    /// Looks up the value of a key.
    ///
    /// - Parameter key: The key.
    /// - Returns: The value of the first field with that key, or nil where there is none or the value is no mapping.
    public subscript(key: String) -> YAMLValue? {
        guard case .mapping(let fields) = self else { return nil }
        return fields.first { $0.key == key }?.value
    }

    /// Sets the value of a key where it stands, or at the end where the mapping lacks it.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: The value.
    /// - Returns: The mapping; what is no mapping is replaced by one.
    public func setting(_ key: String, to value: YAMLValue) -> YAMLValue {
        guard case .mapping(var fields) = self else { return .mapping([YAMLField(key, value)]) }
        if let index = fields.firstIndex(where: { $0.key == key }) {
            fields[index] = YAMLField(key, value)
        } else {
            fields.append(YAMLField(key, value))
        }
        return .mapping(fields)
    }

    /// Lays another value over this one: mappings merge key by key, everything else is replaced.
    ///
    /// - Parameter over: The value that wins.
    /// - Returns: The merged value; keys that only `over` has come last.
    public func merged(with over: YAMLValue) -> YAMLValue {
        guard case .mapping = self, case .mapping(let fields) = over else { return over }
        return fields.reduce(self) { result, field in
            result.setting(field.key, to: result[field.key]?.merged(with: field.value) ?? field.value)
        }
    }
}

/// One key of a mapping with its value.
public struct YAMLField: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The value.
    public let value: YAMLValue

    /// Makes a field.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: The value.
    public init(_ key: String, _ value: YAMLValue) {
        self.key = key
        self.value = value
    }
}
