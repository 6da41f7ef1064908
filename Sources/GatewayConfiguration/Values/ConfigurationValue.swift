/// A validated value together with where it comes from.
package struct ConfigurationValue: Sendable, Equatable {
    /// What a value is after validation.
    package enum Content: Sendable, Equatable {
        /// Text, words of a choice, endpoints and paths included.
        case string(String)
        /// A scalar without quotes as it is written, where nothing says which type is meant: a number, nothing (`null`),
        /// or what versions of YAML disagree about.
        case plain(String)
        /// A whole number.
        case integer(Int)
        /// A truth value.
        case boolean(Bool)
        /// A time span.
        case duration(Duration)
        /// A list.
        case list([ConfigurationValue])
        /// A mapping.
        case object(ConfigurationObject)
    }

    /// The value.
    package let content: Content
    /// Where it comes from.
    package let source: ConfigurationSource
    /// True where the value must not be shown, whatever its field says.
    package let isSecret: Bool

    /// Makes a value.
    package init(_ content: Content, source: ConfigurationSource, isSecret: Bool = false) {
        self.content = content
        self.source = source
        self.isSecret = isSecret
    }

    /// The object, where the value is one.
    package var object: ConfigurationObject? { ConfigurationObject(content) }

    /// The elements, where the value is a list.
    package var list: [ConfigurationValue]? {
        if case .list(let elements) = content { elements } else { nil }
    }
}

/// A validated mapping: entries in the order of their declaration, or of the text where the operator chooses the keys.
package struct ConfigurationObject: Sendable, Equatable {
    /// One key with its value.
    package struct Entry: Sendable, Equatable {
        /// The key.
        package let name: String
        /// The value.
        package let value: ConfigurationValue
    }

    /// The entries; each name once.
    package private(set) var entries: [Entry] = []

    /// Makes an empty mapping.
    package init() {}

    /// Looks up an entry.
    package subscript(name: String) -> ConfigurationValue? {
        entries.first { $0.name == name }?.value
    }

    /// Adds an entry whose name is not there yet.
    package mutating func append(_ value: ConfigurationValue, as name: String) {
        entries.append(Entry(name: name, value: value))
    }
}

extension ConfigurationValue.Content {
    /// The text of what YAML writes as a scalar of any type; nil for others.
    var scalarText: String? {
        switch self {
        case .string(let text), .plain(let text): text
        case .boolean(let truth): "\(truth)"
        case .integer, .duration, .list, .object: nil
        }
    }
}
