import ArgumentParser
import Gateway
import GatewayConfiguration

/// The command `gatewarden config`.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks, shows and reloads configurations.",
        subcommands: [ValidateCommand.self, ShowCommand.self, ConfigReloadCommand.self]
    )

    /// The command `gatewarden config validate`.
    struct ValidateCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "validate",
            abstract: "Checks a configuration and lists every problem with its place."
        )

        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            try await exiting {
                let loaded = try options.load()
                let count = loaded.configuration.children.count
                print("\(options.config): good, \(count) \(count == 1 ? "child" : "children")")
            }
        }
    }

    /// The command `gatewarden config show`.
    struct ShowCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Prints the effective configuration with the origin of each value."
        )

        @OptionGroup var options: ConfigurationOptions

        func run() async throws {
            try await exiting {
                print(try options.load().rendered(), terminator: "")
            }
        }
    }
}

extension ConfigurationOptions {
    fileprivate func load() throws(GatewayFailure) -> LoadedConfiguration {
        try ConfigurationFile.load(config, environment: GatewayEnvironment.current, flags: overrides)
    }
}
