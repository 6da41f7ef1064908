import YAML

extension YAMLValue {
    /// Takes over a mapping whose content is free.
    init(_ object: ConfigurationObject) {
        self = .mapping(object.entries.map { YAMLField($0.name, YAMLValue($0.value.content)) })
    }

    private init(_ content: ConfigurationValue.Content) {
        switch content {
        case .string(let text): self = .string(text)
        case .plain(let text): self = .plain(text)
        case .integer(let number): self = .integer(number)
        case .boolean(let truth): self = .boolean(truth)
        case .duration(let duration): self = .string(DurationText.format(duration))
        case .list(let elements): self = .sequence(elements.map { YAMLValue($0.content) })
        case .object(let object): self.init(object)
        }
    }
}
