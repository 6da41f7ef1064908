/// All children of a configuration, validated, with what they take from templates and files.
struct ChildInventory {
    private(set) var broker: ChildSubject?
    private(set) var processes: [ChildSubject] = []
    private(set) var flows: [ChildSubject] = []
    private(set) var converters: [ConverterSubject] = []
    /// Holds the problems from here on.
    private(set) var validator: SchemaValidator
    private let expansion: ChildExpansion

    /// Takes the validated values, and validates what has been fetched for them.
    ///
    /// - Parameters:
    ///   - tree: The validated top level.
    ///   - expansion: What has been fetched.
    ///   - validator: Holds the problems so far.
    init(_ tree: ConfigurationObject, _ expansion: ChildExpansion, validator: SchemaValidator) {
        self.init(expansion, validator: validator)
        if let value = tree[GatewaySchema.redpanda.field.name], let object = value.object {
            broker = Self.subject(object, value.source, key: GatewaySchema.redpanda.field.name)
        }
        processes = subjects(tree, GatewaySchema.processes)
        flows = subjects(tree, GatewaySchema.flows).map { flow($0) }
        converters = subjects(tree, GatewaySchema.protocolConverters).map { converter($0) }
    }

    /// Makes an inventory without children, to complete single ones.
    init(_ expansion: ChildExpansion, validator: SchemaValidator) {
        self.expansion = expansion
        self.validator = validator
    }

    /// All flows, those of protocol converters included.
    var allFlows: [ChildSubject] {
        flows + converters.flatMap { [$0.read, $0.write].compactMap(\.self) }
    }

    /// Everything that runs a program.
    var programs: [ChildSubject] {
        [broker].compactMap(\.self) + processes + allFlows
    }

    /// Adds a flow's configuration.
    mutating func flow(_ subject: ChildSubject) -> ChildSubject {
        var result = subject
        if let piece = expansion.documents[subject.key] {
            let content = validator.document(piece.node, path: piece.path)
            result.document = content.map { FlowDocument(content: $0, path: piece.path) }
        } else if let content = subject.object[FlowSchema.config] {
            let path = subject.path.appendingKey(FlowSchema.config.field.name)
            result.document = FlowDocument(content: content, path: path)
        }
        return result
    }

    /// Adds the parts of a protocol converter.
    mutating func converter(_ own: ChildSubject) -> ConverterSubject {
        ConverterSubject(
            own: own,
            connection: part(ProtocolConverterSchema.connection, ConnectionSchema.part, of: own),
            read: part(ProtocolConverterSchema.read, FlowSchema.part, of: own).map { flow($0) },
            write: part(ProtocolConverterSchema.write, FlowSchema.part, of: own).map { flow($0) }
        )
    }

    private mutating func part(
        _ setting: Setting<ConfigurationObject?>,
        _ schema: ObjectSchema,
        of owner: ChildSubject
    ) -> ChildSubject? {
        let name = setting.field.name
        let key = owner.key.appendingKey(name)
        if let piece = expansion.parts[key] {
            guard !piece.node.isRejected, let object = validator.object(piece.node, schema, path: piece.path) else {
                return nil
            }
            return Self.subject(object, piece.node.source, key: key, path: piece.path, below: owner)
        }
        guard let value = owner.object[name], let object = value.object else { return nil }
        return Self.subject(object, value.source, key: key, path: owner.path.appendingKey(name), below: owner)
    }

    private func subjects(
        _ tree: ConfigurationObject,
        _ section: Setting<[ConfigurationObject]>
    ) -> [ChildSubject] {
        (tree[section.field.name]?.list ?? []).enumerated().compactMap { index, value in
            value.object.map { Self.subject($0, value.source, key: "\(section.field.name)[\(index)]") }
        }
    }

    private static func subject(
        _ object: ConfigurationObject,
        _ source: ConfigurationSource,
        key: String,
        path: String? = nil,
        below owner: ChildSubject? = nil
    ) -> ChildSubject {
        ChildSubject(
            key: key,
            path: path ?? key,
            object: object,
            source: source,
            isEnabled: object[ProcessSchema.enabled] && owner?.isEnabled ?? true
        )
    }
}
