/// A Swift type that a validated value can become.
package protocol SettingValue: Sendable {
    /// Reads a validated value; nil where it is of another type.
    init?(_ content: ConfigurationValue.Content)
    /// The value as a default is declared.
    var content: ConfigurationValue.Content { get }
}

extension Int: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .integer(let value) = content else { return nil }
        self = value
    }

    package var content: ConfigurationValue.Content { .integer(self) }
}

extension Double: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .plain(let text) = content else { return nil }
        self.init(text)
    }

    package var content: ConfigurationValue.Content { .plain("\(self)") }
}

extension Bool: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .boolean(let value) = content else { return nil }
        self = value
    }

    package var content: ConfigurationValue.Content { .boolean(self) }
}

extension Duration: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .duration(let value) = content else { return nil }
        self = value
    }

    package var content: ConfigurationValue.Content { .duration(self) }
}

extension String: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .string(let value) = content else { return nil }
        self = value
    }

    package var content: ConfigurationValue.Content { .string(self) }
}

extension SettingValue where Self: RawRepresentable<String> {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .string(let word) = content else { return nil }
        self.init(rawValue: word)
    }

    package var content: ConfigurationValue.Content { .string(rawValue) }
}

extension ConfigurationObject: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .object(let value) = content else { return nil }
        self = value
    }

    package var content: ConfigurationValue.Content { .object(self) }
}

extension Array: SettingValue where Element: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .list(let values) = content else { return nil }
        self = values.compactMap { Element($0.content) }
    }

    package var content: ConfigurationValue.Content {
        .list(map { ConfigurationValue($0.content, source: .standard) })
    }
}

extension Optional: SettingValue where Wrapped: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard let value = Wrapped(content) else { return nil }
        self = .some(value)
    }

    /// Nothing is declared as an empty object, which no type of field reads as a value of its own.
    package var content: ConfigurationValue.Content {
        switch self {
        case .some(let value): value.content
        case .none: .object(ConfigurationObject())
        }
    }
}
