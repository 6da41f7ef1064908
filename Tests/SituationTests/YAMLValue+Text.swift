import YAML

extension YAMLValue {
    /// What a text means.
    ///
    /// - Parameter text: a document.
    /// - Throws: `YAMLError` where it is none.
    init(_ text: String) throws {
        self = try YAMLParser.parse(bytes: Array(text.utf8)).map(YAMLValue.init(_:)) ?? .null
    }

    private init(_ node: YAMLNode) {
        self =
            switch node.content {
            case .scalar(let scalar): scalar.isPlain ? .plain(scalar.text) : .string(scalar.text)
            case .sequence(let elements): .sequence(elements.map(YAMLValue.init(_:)))
            case .mapping(let entries):
                .mapping(entries.map { YAMLField($0.key.scalar?.text ?? "", YAMLValue($0.value)) })
            }
    }
}
