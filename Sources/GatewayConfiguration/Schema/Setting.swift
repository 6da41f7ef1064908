/// A declared field together with the Swift type of its value, so that reading a setting cannot miss its declaration.
package struct Setting<Value: SettingValue>: Sendable {
    /// The declaration.
    package let field: Field
    /// The value where the text has none.
    package let fallback: Value

    /// Declares a setting with a default.
    package init(
        _ name: String,
        _ type: FieldType,
        default fallback: Value,
        secrecy: Field.Secrecy = .open,
        help: String
    ) {
        let presence = Field.Presence.defaulted(fallback.content)
        self.field = Field(name: name, type: type, presence: presence, secrecy: secrecy, help: help)
        self.fallback = fallback
    }

    /// Declares a setting without a default.
    ///
    /// A required one reads as nil only where validation has reported a problem.
    package init<Wrapped>(
        _ name: String,
        _ type: FieldType,
        isRequired: Bool = false,
        secrecy: Field.Secrecy = .open,
        help: String
    ) where Value == Wrapped? {
        let presence: Field.Presence = isRequired ? .required : .optional
        self.field = Field(name: name, type: type, presence: presence, secrecy: secrecy, help: help)
        self.fallback = nil
    }
}

extension ConfigurationObject {
    /// Reads a setting, or its default where the object lacks it.
    package subscript<Value>(setting: Setting<Value>) -> Value {
        self[setting.field.name].flatMap { Value($0.content) } ?? setting.fallback
    }
}
