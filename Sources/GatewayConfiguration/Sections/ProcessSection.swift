/// One program to run.
public struct ProcessSection: Sendable, Equatable {
    /// What a declaration says of a program beside how to run it.
    struct Place {
        let path: [String]
        let isEnabled: Bool
        let dependsOn: [String]
        let stateMapping: [String: MappedState]
    }

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
    /// What the program is to do while its parent is in a certain state; other states leave it alone.
    public let stateMapping: [String: MappedState]
    /// Longest time that a restarted child gets to become ready before the next recovery attempt.
    ///
    /// A startup probe's own time counts on top.
    public let startupGrace: Duration
    /// Time between the request to end and the kill.
    public let stopTimeout: Duration
    /// What happens when the program ends.
    public let restart: RestartSection
    /// How the program's health is asked for.
    public let probes: ProbesSection

    /// The name, unique within the group.
    public var name: String { path[path.count - 1] }
    /// The group, or nil at the top level; of a process further down, the node of the top level that it is below.
    public var group: String? { path.count > 2 ? path[1] : nil }

    /// Reads a validated element of the list; nil only where validation has reported that it lacks a name or a command.
    init?(_ object: ConfigurationObject, agent: String, dependsOn: [String], folder: ConfigurationFolder) {
        guard let name = object[ProcessSchema.name] else { return nil }
        let place = Place(
            path: [agent] + (object[ProcessSchema.group].map { [$0] } ?? []) + [name],
            isEnabled: object[ProcessSchema.enabled],
            dependsOn: dependsOn,
            stateMapping: object[ProcessSchema.stateMapping].mappedStates
        )
        self.init(object, place: place, folder: folder)
    }

    /// Reads the validated fields of a program; nil only where validation has reported that it lacks a command.
    init?(_ object: ConfigurationObject, place: Place, folder: ConfigurationFolder) {
        guard let command = object[ProcessSchema.command], let program = command.first else { return nil }
        path = place.path
        self.command = [folder.program(program)] + command.dropFirst()
        workingDirectory = folder.absolute(object[ProcessSchema.workingDirectory])
        environment = object[ProcessSchema.environment].variables
        umask = object[ProcessSchema.umask]
        isEnabled = place.isEnabled
        dependsOn = place.dependsOn
        stateMapping = place.stateMapping
        startupGrace = object[ProcessSchema.startupGrace]
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
