/// The text of a scalar and how it was written.
public struct YAMLScalar: Sendable, Equatable {
    /// The text after unfolding and unescaping.
    public let text: String
    /// True where the scalar stands without quotes and is no block scalar, so that `true` may mean a boolean.
    public let isPlain: Bool

    /// Makes a scalar.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - isPlain: Whether the scalar stands without quotes.
    public init(_ text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// True for a plain scalar that YAML's core schema reads as no value: nothing, `~` or `null`.
    ///
    /// Source: YAML 1.2.2, section 10.3.2.
    public var isNull: Bool {
        isPlain && ["", "~", "null", "Null", "NULL"].contains(text)
    }
}
