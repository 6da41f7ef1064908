import YAML

/// Gathers the texts of a configuration that must not be shown anywhere.
struct SecretValues {
    private(set) var texts: [String] = []

    /// Gathers from a mapping whose fields are declared.
    mutating func gather(_ object: ConfigurationObject, _ schema: ObjectSchema) {
        for field in schema.fields {
            if let value = object[field.name] { gather(value, field.type, field.secrecy) }
        }
    }

    /// Gathers from variables, at any depth.
    mutating func gather(_ variables: [String: VariableValue], isSecret: Bool = false) {
        for (name, value) in variables {
            gather(value, isSecret: isSecret || Field.Secrecy.secretNames.hides(entry: name))
        }
    }

    /// Gathers the values of those variables of a program whose names say so.
    mutating func gather(environment: [String: String]) {
        for (name, value) in environment where Field.Secrecy.secretNames.hides(entry: name) { add(value) }
    }

    /// Gathers the values of a program's own configuration whose keys say so, at any depth.
    mutating func gather(_ document: YAMLValue, isSecret: Bool = false) {
        switch document {
        case .string(let text), .plain(let text): if isSecret { add(text) }
        case .sequence(let elements): for element in elements { gather(element, isSecret: isSecret) }
        case .mapping(let fields):
            for field in fields {
                gather(field.value, isSecret: isSecret || Field.Secrecy.secretNames.hides(entry: field.key))
            }
        }
    }

    /// Gathers what a flow's environment and configuration hide.
    mutating func gather(_ flow: FlowSection) {
        gather(environment: flow.execution.environment)
        gather(flow.document)
    }

    /// Gathers what a broker's environment and configuration hide.
    mutating func gather(_ broker: BrokerSection) {
        gather(environment: broker.execution.environment)
        gather(broker.properties)
    }

    /// Gathers what the flows of a converter hide.
    mutating func gather(_ converter: ProtocolConverterSection) {
        if let read = converter.read { gather(read) }
        if let write = converter.write { gather(write) }
    }

    private mutating func gather(_ value: VariableValue, isSecret: Bool) {
        let isSecret = isSecret || value.isSecret
        switch value.content {
        case .map(let entries): gather(entries, isSecret: isSecret)
        case .list(let elements): for element in elements { gather(element, isSecret: isSecret) }
        case .string(let text), .number(let text): if isSecret { add(text) }
        case .boolean: break
        }
    }

    private mutating func gather(_ value: ConfigurationValue, _ type: FieldType, _ secrecy: Field.Secrecy) {
        let secrecy = value.isSecret ? .secret : secrecy
        switch (value.content, type) {
        case (.object(let object), .object(let schema)): gather(object, schema)
        case (.object(let object), .map(_, let element)): gather(object, element, secrecy)
        case (.object(let object), _): gather(object, .free, secrecy)
        case (.list(let elements), .list(let element, _)): for value in elements { gather(value, element, secrecy) }
        case (.list(let elements), _): for value in elements { gather(value, .free, secrecy) }
        case (.string(let text), _), (.plain(let text), _): if secrecy == .secret { add(text) }
        case (.integer(let number), _): if secrecy == .secret { add("\(number)") }
        case (.boolean, _), (.duration, _): break
        }
    }

    private mutating func gather(_ object: ConfigurationObject, _ element: FieldType, _ secrecy: Field.Secrecy) {
        for entry in object.entries {
            gather(entry.value, element, secrecy.hides(entry: entry.name) ? .secret : secrecy)
        }
    }

    /// A truth value is no secret, whatever its name, and hiding it would deface every line.
    private mutating func add(_ text: String) {
        if text != "true", text != "false" { texts.append(text) }
    }
}

extension LoadedConfiguration {
    /// The texts that must not be shown anywhere: values of secret settings, of variables whose names say so, and of all
    /// that is made from these.
    ///
    /// - Returns: The texts in the order of the configuration; the same one may come more than once.
    public func secretValues() -> [String] {
        var secrets = SecretValues()
        secrets.gather(tree, GatewaySchema.object)
        // What comes from files and templates is not in the tree.
        if let broker = configuration.broker { secrets.gather(broker) }
        for flow in configuration.flows { secrets.gather(flow) }
        for converter in configuration.converters { secrets.gather(converter) }
        return secrets.texts
    }
}

extension DeclaredChild {
    /// The texts of this child and of all below it that must not be shown anywhere.
    ///
    /// - Returns: The texts, in no order; the same one may come more than once.
    public func secretValues() -> [String] {
        var secrets = SecretValues()
        switch payload {
        case .process(let process): secrets.gather(environment: process.environment)
        case .broker(let broker): secrets.gather(broker)
        case .flow(let flow): secrets.gather(flow)
        case .protocolConverter(let converter): secrets.gather(converter)
        case .connection: break
        case .application(let children): return children.flatMap { $0.secretValues() }
        case .custom(let values): secrets.gather(values)
        }
        return secrets.texts
    }
}
