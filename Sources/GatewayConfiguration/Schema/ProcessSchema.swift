/// An element of the list `processes`.
enum ProcessSchema {
    static let name = Setting<String?>(
        "name",
        .string(.process),
        isRequired: true,
        help: "Name, unique within its group."
    )
    static let group = Setting<String?>(
        "group",
        .string(.segment),
        help: "The node of the tree below which this process sits; none is the top level."
    )
    static let command = Setting<[String]?>(
        "command",
        .list(of: .text, count: 1...4096),
        isRequired: true,
        help: "The program and its arguments; no shell is involved."
    )
    static let workingDirectory = Setting(
        "workingDirectory",
        .path,
        default: ".",
        help: "Where the program runs, relative to the folder of the configuration file."
    )
    static let environment = Setting(
        "environment",
        .map(keys: .variable, of: .text),
        default: ConfigurationObject(),
        secrecy: .secretNames,
        help: "Variables of the program beside PATH, HOME and LANG."
    )
    static let variables = Setting(
        "variables",
        .map(keys: .templateVariable, of: .free),
        default: ConfigurationObject(),
        secrecy: .secretNames,
        help: "Values for expressions such as {{ NAME }} in the other fields of this process."
    )
    static let umask = Setting(
        "umask",
        .umask,
        default: FileModeMask.standard,
        help: "Permission bits that new files are made without, in octal."
    )
    static let enabled = Setting("enabled", .boolean, default: true, help: "Whether the program is to run.")
    static let dependsOn = Setting<[String]>(
        "dependsOn",
        .list(of: .string(.process), count: 0...1000),
        default: [],
        help: "Siblings, or names of the top level, that must be ready first."
    )
    static let stateMapping = Setting(
        "stateMapping",
        .map(keys: .segment, of: .choice(noun: "desired state", words: MappedState.allCases.map(\.rawValue))),
        default: ConfigurationObject(),
        help: "Per state of the parent, whether the program is to run; other states leave it alone."
    )
    static let startupGrace = Setting(
        "startupGrace",
        .duration(.zero ... .seconds(3600)),
        default: Duration.zero,
        help:
            "Longest time that a restarted child gets to become ready before the next recovery attempt; "
            + "a startup probe's own time counts on top."
    )
    static let stopTimeout = Setting(
        "stopTimeout",
        .duration(.zero ... .seconds(3600)),
        default: Duration.seconds(15),
        help: "Time between the request to end and the kill."
    )
    static let probes = Setting(
        "probes",
        .object(ProbesSchema.object),
        default: ConfigurationObject(),
        help: "How the program's health is asked for."
    )
    static let object = ObjectSchema(
        [
            name.field, group.field, variables.field, command.field, workingDirectory.field, environment.field,
            umask.field, enabled.field, dependsOn.field, stateMapping.field, startupGrace.field, stopTimeout.field,
            probes.field,
        ] + ExecutionSchema.process.fields
    )
}
