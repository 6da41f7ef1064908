public import Supervision

/// The configuration of a flow's worker.
public struct BenthosConfiguration: WorkerConfiguration {
    /// The program that runs flows, with its first arguments: `benthos`, `redpanda-connect`, or `rpk connect`.
    public let command: ProcessCommand
    /// The configuration that the program reads.
    public let document: FlowDocument
    /// When the flow is started again after it ended.
    public let restart: RestartPolicy
    /// How long the program may take to drain and end by its own configuration.
    public let shutdownTime: Duration
    /// How long work may wait without any progress before the flow counts as stalled.
    public let stallAfter: Duration
    /// How long a changed flow gets to become ready before its last good configuration is put back.
    public let startTimeout: Duration

    /// How much longer than by its own configuration a flow gets to end: at that time it gives up what it has not
    /// delivered, and may write down why.
    static let stopMargin = Duration.seconds(5)

    /// Creates a configuration.
    public init(
        command: ProcessCommand,
        document: FlowDocument,
        restart: RestartPolicy = RestartPolicy(mode: .onFailure),
        shutdownTime: Duration = .seconds(20),
        stallAfter: Duration = .seconds(30),
        startTimeout: Duration = .seconds(30)
    ) {
        self.command = command
        self.document = document
        self.restart = restart
        self.shutdownTime = shutdownTime
        self.stallAfter = stallAfter
        self.startTimeout = startTimeout
    }

    /// Names the wanted configuration.
    var revision: FlowRevision { document.revision }

    /// What the flow is as a process.
    var process: ProcessConfiguration {
        ProcessConfiguration(command: command, restart: restart, stopTimeout: shutdownTime + Self.stopMargin)
    }
}
