/// One declared field of a section: all that validation, defaults, rendering and a reference page need.
package struct Field: Sendable {
    /// What happens where the text does not have the field.
    package enum Presence: Sendable, Equatable {
        /// That is a problem.
        case required
        /// The setting has no value.
        case optional
        /// The setting has this value.
        case defaulted(ConfigurationValue.Content)
    }

    /// What must not be shown.
    package enum Secrecy: Sendable, Equatable {
        /// Nothing is secret.
        case open
        /// The value is.
        case secret
        /// Those entries are whose names say so, such as `API_TOKEN`.
        case secretNames
    }

    /// The key in YAML, in camel case.
    package let name: String
    /// What is accepted.
    package let type: FieldType
    /// What happens where the field is missing.
    package let presence: Presence
    /// What must not be shown.
    package let secrecy: Secrecy
    /// One line for the operator.
    package let help: String
}

extension Field.Secrecy {
    /// Words that mark an entry as secret.
    ///
    /// Source: the names that Kubernetes, systemd and cloud providers use in their examples.
    private static let words = ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIAL", "PRIVATE", "APIKEY", "API_KEY"]

    /// Tells whether the value of an entry must not be shown.
    package func hides(entry name: String) -> Bool {
        switch self {
        case .open: false
        case .secret: true
        case .secretNames: Self.words.contains { name.uppercased().contains($0) }
        }
    }
}
