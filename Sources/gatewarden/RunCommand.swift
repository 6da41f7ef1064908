import ArgumentParser
import Gateway

/// The command `gatewarden run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the gateway until SIGTERM or SIGINT."
    )

    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var runDirectory: RunDirectoryOptions

    @Option(
        help: ArgumentHelp("Where the gateway keeps its state (environment: GATEWARDEN_DATA_DIR).", valueName: "dir")
    )
    var dataDir = GatewayEnvironment.current["GATEWARDEN_DATA_DIR"] ?? "/var/lib/gatewarden"

    func run() async throws {
        let options = RunOptions(
            configurationFile: configurationOptions.config,
            dataDirectory: dataDir,
            runDirectory: runDirectory.runDir,
            flags: configurationOptions.overrides,
            environment: GatewayEnvironment.current
        )
        try await exiting { try await GatewayProcess.run(options) }
    }
}
