/// The value of a variable, with everything in it resolved.
public struct VariableValue: Sendable, Equatable {
    /// What a variable can hold.
    public enum Content: Sendable, Equatable {
        /// Text.
        case string(String)
        /// A number as it is written, such as `502`, `1.50` or `0077`.
        case number(String)
        /// A truth value.
        case boolean(Bool)
        /// A list.
        case list([VariableValue])
        /// A mapping.
        case map([String: VariableValue])
    }

    /// The value.
    public let content: Content
    /// True where the value must not be shown, because a part of it comes from a variable whose name says so.
    ///
    /// Names that say so are recognised wherever a value is used; this carries on what they said.
    public let isSecret: Bool

    /// Makes a value.
    ///
    /// - Parameters:
    ///   - content: The value.
    ///   - isSecret: Whether it must not be shown.
    public init(_ content: Content, isSecret: Bool = false) {
        self.content = content
        self.isSecret = isSecret
    }
}

extension VariableValue {
    /// Names the kind of value in a message.
    var kind: String {
        switch content {
        case .string: ScalarKind.string.rawValue
        case .number: ScalarKind.number.rawValue
        case .boolean: ScalarKind.boolean.rawValue
        case .list: "a list"
        case .map: "a mapping"
        }
    }

    /// The value as a part of a text; nil for lists and mappings.
    var text: String? {
        switch content {
        case .string(let text), .number(let text): text
        case .boolean(let truth): "\(truth)"
        case .list, .map: nil
        }
    }

    /// What a copy of the value takes: the bytes of its texts and, for each node, as much as a node takes at least.
    var cost: Int {
        let node = 32
        switch content {
        case .string(let text), .number(let text): return node + text.utf8.count
        case .boolean: return node
        case .list(let elements): return elements.reduce(node) { $0 + $1.cost }
        case .map(let entries): return entries.reduce(node) { $0 + $1.key.utf8.count + $1.value.cost }
        }
    }

    /// How deep collections nest: 0 for a scalar.
    var depth: Int {
        switch content {
        case .string, .number, .boolean: 0
        case .list(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .map(let entries): 1 + (entries.values.map(\.depth).max() ?? 0)
        }
    }

    /// The same value, to be hidden where it has not been so far.
    func hidden(_ isHidden: Bool) -> VariableValue {
        isHidden ? VariableValue(content, isSecret: true) : self
    }
}
