/// An element of the list `flows`, and one direction of a protocol converter.
enum FlowSchema {
    static let command = Setting(
        "command",
        .list(of: .text, count: 1...16),
        default: ["benthos"],
        help: "The program, such as [benthos], [redpanda-connect] or [rpk, connect]; `run FILE` is added."
    )
    static let config = Setting<ConfigurationObject?>(
        "config",
        .document,
        secrecy: .secretNames,
        help:
            "The configuration for Benthos; the gateway replaces http.address, http.enabled, logger.format and metrics "
            + "by its own. A text {{ of Bloblang is written {{ \"{{\" }}."
    )
    static let configFile = Setting<String?>(
        "configFile",
        .path,
        help: "A file with the configuration for Benthos, in which expressions are replaced as in config."
    )
    static let template = Setting<String?>(
        "template",
        .string(.segment),
        help: "The name of an element of templates with a `flow`."
    )
    static let stallAfter = Setting(
        "stallAfter",
        .duration(.seconds(1) ... .seconds(86400)),
        default: Duration.seconds(30),
        help: "Time without progress, while there is something to do, after which the flow counts as stuck."
    )
    static let startTimeout = Setting(
        "startTimeout",
        .duration(.seconds(1) ... .seconds(3600)),
        default: Duration.seconds(30),
        help: "Time that a changed flow gets to become ready before its last good configuration is put back."
    )
    /// In a protocol converter, a direction waits for the connection unless something else is said.
    static let partDependsOn = Setting(
        "dependsOn",
        .list(of: .string(.process), count: 0...1000),
        default: [ProtocolConverterSection.connectionName],
        help: "Siblings, or names of the top level, that must be ready first."
    )

    static let object = ObjectSchema(
        [ProcessSchema.name.field, ProcessSchema.group.field] + fields(dependsOn: ProcessSchema.dependsOn.field),
        exactlyOneOf: sources
    )
    static let part = ObjectSchema(fields(dependsOn: partDependsOn.field), exactlyOneOf: sources)

    private static let sources = [config.field.name, configFile.field.name, template.field.name]

    private static func fields(dependsOn: Field) -> [Field] {
        [
            ProcessSchema.variables.field, command.field, config.field, configFile.field, template.field,
            ProcessSchema.workingDirectory.field, ProcessSchema.environment.field, ProcessSchema.enabled.field,
            dependsOn,
            ProcessSchema.stateMapping.field, ProcessSchema.startupGrace.field, startTimeout.field, stallAfter.field,
        ] + ExecutionSchema.flow.fields
    }
}
