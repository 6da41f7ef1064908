/// An element of the list `protocolConverters`.
enum ProtocolConverterSchema {
    static let name = Setting<String?>(
        "name",
        .string(.segment),
        isRequired: true,
        help: "Name, unique at the top level; the node of the tree that holds the connection and the flows."
    )
    static let location = Setting(
        "location",
        .object(LocationSchema.object),
        default: ConfigurationObject(),
        help: "Where the device stands; levels that are not given are those of the box."
    )
    static let template = Setting<String?>(
        "template",
        .string(.segment),
        help: "The name of an element of templates with the parts below; instead of them."
    )
    static let connection = Setting<ConfigurationObject?>(
        ProtocolConverterSection.connectionName,
        .object(ConnectionSchema.part),
        help: "The connection to the device."
    )
    static let read = Setting<ConfigurationObject?>(
        ProtocolConverterSection.readName,
        .object(FlowSchema.part),
        help: "The flow from the device."
    )
    static let write = Setting<ConfigurationObject?>(
        ProtocolConverterSection.writeName,
        .object(FlowSchema.part),
        help: "The flow to the device."
    )
    static let object = ObjectSchema([
        name.field, location.field, ProcessSchema.variables.field, ProcessSchema.enabled.field,
        ProcessSchema.dependsOn.field, ProcessSchema.stateMapping.field, ProcessSchema.startupGrace.field,
        template.field, connection.field, read.field, write.field,
    ])
    /// The names of the parts, in the order of the tree.
    static let parts = [connection.field.name, read.field.name, write.field.name]
}
