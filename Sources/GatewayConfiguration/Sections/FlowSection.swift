public import YAML

/// One flow: a Benthos with its configuration.
public struct FlowSection: Sendable, Equatable {
    /// Where the flow stands in the tree, and when it is to run.
    public let place: ChildPlace
    /// How the program is run.
    public let execution: ExecutionSection
    /// The program and its first arguments, never empty; `run FILE` is still to be added.
    ///
    /// A program with a relative path has been made absolute.
    public let command: [String]
    /// Where the program runs; absolute.
    public let workingDirectory: String
    /// The configuration for Benthos as the operator wrote it, expressions replaced; always a mapping.
    ///
    /// Its `http`, `logger` and `metrics` are whatever is written; the gateway lays its own over them.
    public let document: YAMLValue
    /// How long Benthos takes at most to end, by its configuration.
    public let shutdown: FlowShutdown
    /// Time without progress, while there is something to do, after which the flow counts as stuck.
    public let stallAfter: Duration
    /// Time that a changed flow gets to become ready before its last good configuration is put back.
    public let startTimeout: Duration

    /// Reads validated fields; nil only where validation has reported that they lack a command or a configuration.
    init?(_ flow: ChildSubject, place: ChildPlace, folder: ConfigurationFolder) {
        let object = flow.object
        guard let document = flow.document?.content, let program = object[FlowSchema.command].first else { return nil }
        self.place = place
        execution = ExecutionSection(object, .flow)
        command = [folder.program(program)] + object[FlowSchema.command].dropFirst()
        workingDirectory = folder.absolute(object[ProcessSchema.workingDirectory])
        self.document = YAMLValue(document)
        shutdown = FlowShutdown(document)
        stallAfter = object[FlowSchema.stallAfter]
        startTimeout = object[FlowSchema.startTimeout]
    }
}
