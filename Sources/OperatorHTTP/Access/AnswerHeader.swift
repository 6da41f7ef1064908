internal import HTTPTypes

/// A header field of every answer of a server.
public struct AnswerHeader: Sendable, Equatable {
    let name: HTTPField.Name
    let value: String

    /// Describes a field; nil where a character is in it that does not belong there, such as a line break.
    ///
    /// - Parameters:
    ///   - name: The name of the field.
    ///   - value: Its value.
    public init?(_ name: String, _ value: String) {
        guard let field = HTTPField.Name(name), HTTPField.isValidValue(value) else { return nil }
        self.name = field
        self.value = value
    }
}
