/// One node of a parsed YAML document, with the place it was written at.
///
/// Nothing is interpreted: a scalar is its text, and a mapping keeps every entry in the order of the
/// text, duplicate keys included.
public struct YAMLNode: Sendable, Equatable {
    /// What a node holds.
    public enum Content: Sendable, Equatable {
        /// A single value.
        case scalar(YAMLScalar)
        /// A list of nodes.
        case sequence([YAMLNode])
        /// Key and value pairs in the order of the text.
        case mapping([YAMLEntry])
    }

    /// What the node holds.
    public let content: Content
    /// Where the node begins; for an alias, where the alias stands.
    public let mark: YAMLMark
    /// The explicit tag in its long form (`tag:yaml.org,2002:str`), or nil where the text has none.
    public let tag: String?

    /// Makes a node.
    ///
    /// - Parameters:
    ///   - content: What the node holds.
    ///   - mark: Where the node begins.
    ///   - tag: The explicit tag, if any.
    public init(_ content: Content, mark: YAMLMark, tag: String? = nil) {
        self.content = content
        self.mark = mark
        self.tag = tag
    }

    /// The scalar, or nil where the node is a collection.
    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The elements, or nil where the node is no sequence.
    public var sequence: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The entries, or nil where the node is no mapping.
    public var mapping: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// Looks up the value of a key.
    ///
    /// - Parameter key: The text of a scalar key.
    /// - Returns: The value of the first entry with that key, or nil where there is none or the node is no mapping.
    public subscript(key: String) -> YAMLNode? {
        mapping?.first { $0.key.scalar?.text == key }?.value
    }
}

/// One key and value pair of a mapping.
public struct YAMLEntry: Sendable, Equatable {
    /// The key, usually a scalar.
    public let key: YAMLNode
    /// The value.
    public let value: YAMLNode

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: The value.
    public init(key: YAMLNode, value: YAMLNode) {
        self.key = key
        self.value = value
    }
}
