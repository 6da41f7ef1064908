/// An element of the mapping `templates`: a flow, or the parts of a protocol converter.
enum TemplateSchema {
    static let flow = part("flow", help: "The configuration for Benthos of a flow.")
    static let connection = part(
        ProtocolConverterSection.connectionName,
        help: "The connection of a protocol converter."
    )
    static let read = part(ProtocolConverterSection.readName, help: "Its flow from the device.")
    static let write = part(ProtocolConverterSection.writeName, help: "Its flow to the device.")
    static let object = ObjectSchema([flow.field, connection.field, read.field, write.field])

    private static func part(_ name: String, help: String) -> Setting<ConfigurationObject?> {
        Setting(name, .template, secrecy: .secretNames, help: help)
    }
}
