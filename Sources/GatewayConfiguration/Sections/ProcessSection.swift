/// One program to run.
public struct ProcessSection: Sendable, Equatable {
    /// The node's path in the tree: the agent's name, the group where there is one, and the name.
    public let path: [String]
    /// The program and its arguments, never empty; a program with a relative path has been made absolute.
    public let command: [String]
    /// Where the program runs; absolute.
    public let workingDirectory: String
    /// Declared variables.
    public let environment: [String: String]
    /// Permission bits that new files are made without.
    public let umask: FileModeMask
    /// Whether the program is to run.
    public let isEnabled: Bool
    /// Names of siblings (nodes with the same parent) that must be ready first, each once.
    ///
    /// What a member of a group needs from the top level is a dependency of the group: see `ProcessGroup.dependsOn`.
    public let dependsOn: [String]
    /// Time between the request to end and the kill.
    public let stopTimeout: Duration
    /// What happens when the program ends.
    public let restart: RestartSection
    /// How the program's health is asked for.
    public let probes: ProbesSection

    /// The name, unique within the group.
    public var name: String { path[path.count - 1] }
    /// The group, or nil at the top level.
    public var group: String? { path.count > 2 ? path[1] : nil }

    /// Reads a validated element of the list; nil only where validation has reported that it lacks a name or a command.
    init?(_ object: ConfigurationObject, agent: String, dependsOn: [String], folder: ConfigurationFolder) {
        guard let name = object[ProcessSchema.name], let command = object[ProcessSchema.command],
            let program = command.first
        else { return nil }
        path = [agent] + (object[ProcessSchema.group].map { [$0] } ?? []) + [name]
        self.command = [folder.program(program)] + command.dropFirst()
        workingDirectory = folder.absolute(object[ProcessSchema.workingDirectory])
        environment = object[ProcessSchema.environment].variables
        umask = object[ProcessSchema.umask]
        isEnabled = object[ProcessSchema.enabled]
        self.dependsOn = dependsOn
        stopTimeout = object[ProcessSchema.stopTimeout]
        restart = RestartSection(object[ProcessSchema.restart])
        probes = ProbesSection(object[ProcessSchema.probes])
    }
}

extension ConfigurationObject {
    /// The entries whose values are text, as a dictionary.
    var variables: [String: String] {
        var variables: [String: String] = [:]
        for entry in entries { variables[entry.name] = String(entry.value.content) }
        return variables
    }
}
