import ArgumentParser

/// The command `gatewarden metrics`.
struct MetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Works with the formats in which metrics are exposed.",
        subcommands: [MetricsParseCommand.self, MetricsEncodeCommand.self, MetricsNegotiateCommand.self]
    )
}
