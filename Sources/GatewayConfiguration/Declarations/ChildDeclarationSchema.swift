/// How YAML declares a child.
///
/// The known worker types are a part of it, so it is made for each loader.
struct ChildDeclarationSchema {
    /// The worker type that runs a program.
    static let processType = "process"
    /// The worker type of the broker.
    static let brokerType = "redpanda"
    /// The worker type of a flow.
    static let flowType = "benthos"
    /// The worker type that watches whether something can be reached.
    static let connectionType = "connection"
    /// The worker type of a device with its flows.
    static let converterType = "protocolConverter"
    /// The worker type that holds other children together.
    static let applicationType = "application"

    static let name = Setting<String?>(
        "name",
        .string(.process),
        isRequired: true,
        help: "Name, unique among its siblings."
    )
    static let userSpec = Setting(
        "userSpec",
        .object(UserSpecSchema.object),
        default: ConfigurationObject(),
        help: "What the child is to do."
    )
    static let enabled = Setting("enabled", .boolean, default: true, help: "Whether the child is to run.")
    static let location = Setting(
        "location",
        .object(LocationSchema.object),
        default: ConfigurationObject(),
        help: "Where the child stands; levels that are not given are those of its parent."
    )
    static let dependsOn = ProcessSchema.dependsOn
    static let stateMapping = ProcessSchema.stateMapping
    static let children = Setting<ConfigurationObject?>(
        "children",
        .free,
        help: "A list of further declarations, of an application only."
    )

    /// Fields of an element of a section that a declaration has beside its configuration.
    static let placedFields: Set<String> = [
        name.field.name, ProcessSchema.group.field.name, UserSpecSchema.variables.field.name, enabled.field.name,
        dependsOn.field.name, stateMapping.field.name, location.field.name,
    ]

    /// The fields of a configuration: those of an element of a section, without what the declaration says.
    static func fields(of section: ObjectSchema) -> ObjectSchema {
        ObjectSchema(
            section.fields.filter { field in !placedFields.contains(field.name) },
            exactlyOneOf: section.alternatives
        )
    }

    let workerType: Setting<String?>

    /// Declares the fields.
    ///
    /// - Parameter workerTypes: The known worker types.
    init(workerTypes: [String]) {
        workerType = Setting<String?>(
            "workerType",
            .choice(noun: "worker type", words: workerTypes),
            isRequired: true,
            help: "The kind of child."
        )
    }

    var object: ObjectSchema {
        ObjectSchema([
            Self.name.field, workerType.field, Self.userSpec.field, Self.stateMapping.field, Self.dependsOn.field,
            Self.enabled.field, Self.location.field, Self.children.field,
        ])
    }
}

/// The section `userSpec` of a declaration.
enum UserSpecSchema {
    static let config = Setting<ConfigurationObject?>(
        "config",
        .free,
        help: "The fields of the worker type, in which expressions such as {{ NAME }} may stand."
    )
    static let variables = Setting(
        "variables",
        .map(keys: .templateVariable, of: .free),
        default: ConfigurationObject(),
        secrecy: .secretNames,
        help: "Values for the expressions."
    )
    static let object = ObjectSchema([config.field, variables.field])
}
