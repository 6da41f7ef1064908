/// One program to run.
public struct ProcessSection: Sendable, Equatable {
    /// Where the program stands in the tree, and when it is to run.
    ///
    /// A startup probe's own time counts on top of the grace for starting.
    public let place: ChildPlace
    /// How the program is run.
    public let execution: ExecutionSection
    /// The program and its arguments, never empty; a program with a relative path has been made absolute.
    public let command: [String]
    /// Where the program runs; absolute.
    public let workingDirectory: String
    /// Permission bits that new files are made without.
    public let umask: FileModeMask
    /// Time between the request to end and the kill.
    public let stopTimeout: Duration
    /// How the program's health is asked for.
    public let probes: ProbesSection

    /// Reads validated fields; nil only where validation has reported that they lack a command.
    init?(_ object: ConfigurationObject, place: ChildPlace, folder: ConfigurationFolder) {
        guard let command = object[ProcessSchema.command], let program = command.first else { return nil }
        self.place = place
        execution = ExecutionSection(object, .process)
        self.command = [folder.program(program)] + command.dropFirst()
        workingDirectory = folder.absolute(object[ProcessSchema.workingDirectory])
        umask = object[ProcessSchema.umask]
        stopTimeout = object[ProcessSchema.stopTimeout]
        probes = ProbesSection(object[ProcessSchema.probes], folder: folder)
    }
}

extension ProcessSection {
    /// The node's path in the tree: the agent's name, the group where there is one, and the name.
    public var path: [String] { place.path }
    /// The name, unique within the group.
    public var name: String { place.name }
    /// The group, or nil at the top level; of a process further down, the node of the top level that it is below.
    public var group: String? { place.group }
    /// Whether the program is to run.
    public var isEnabled: Bool { place.isEnabled }
    /// Names of siblings that must be ready first, each once.
    public var dependsOn: [String] { place.dependsOn }
    /// What the program is to do while its parent is in a certain state; other states leave it alone.
    public var stateMapping: [String: MappedState] { place.stateMapping }
    /// Longest time that a restarted child gets to become ready before the next recovery attempt.
    public var startupGrace: Duration { place.startupGrace }
    /// Declared variables.
    public var environment: [String: String] { execution.environment }
    /// What happens when the program ends.
    public var restart: RestartSection { execution.restart }
}

extension ConfigurationObject {
    /// The entries whose values are text, as a dictionary.
    var variables: [String: String] {
        var variables: [String: String] = [:]
        for entry in entries { variables[entry.name] = String(entry.value.content) }
        return variables
    }
}
