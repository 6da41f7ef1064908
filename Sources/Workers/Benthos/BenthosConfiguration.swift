public import Supervision
public import YAML

/// The configuration of a flow's worker.
public struct BenthosConfiguration: WorkerConfiguration {
    /// The program that runs flows, with its first arguments: `benthos`, `redpanda-connect`, or `rpk connect`.
    public let command: ProcessCommand
    /// The configuration of the flow as the operator wrote it; a mapping.
    public let document: YAMLValue
    /// When the flow is started again after it ended.
    public let restart: RestartPolicy
    /// How long the program may take to drain and end by its own configuration.
    public let shutdownTime: Duration
    /// How long work may wait without any progress before the flow counts as stalled.
    public let stallAfter: Duration
    /// How long a changed flow gets to become ready before its last good configuration is put back.
    public let startTimeout: Duration

    /// Creates a configuration.
    public init(
        command: ProcessCommand,
        document: YAMLValue,
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
}
