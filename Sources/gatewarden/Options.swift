import ArgumentParser
import GatewayConfiguration

/// The option of every command that reads a configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file (environment: GATEWARDEN_CONFIG).",
            discussion: "Files in conf.d beside it are merged in the order of their names.",
            valueName: "file"
        )
    )
    var config = GatewayEnvironment.current["GATEWARDEN_CONFIG"] ?? ConfigurationLoader.standardFile

    @Option(help: ArgumentHelp("Overrides web.listen; port 0 picks a free one.", valueName: "host:port"))
    var listen: String?

    @Option(
        help: ArgumentHelp(
            "Overrides web.configFile: TLS and users, as in Prometheus.",
            discussion: "A relative path starts at the folder of the configuration file.",
            valueName: "file"
        )
    )
    var webConfigFile: String?

    @Option(help: ArgumentHelp("Overrides logging.level.", valueName: "level"))
    var logLevel: String?

    @Option(help: ArgumentHelp("Overrides logging.format: json or text.", valueName: "format"))
    var logFormat: String?

    /// The flags that were given, as overrides of settings.
    var overrides: [ConfigurationOverride] {
        [
            ("--listen", "web.listen", listen), ("--web-config-file", "web.configFile", webConfigFile),
            ("--log-level", "logging.level", logLevel),
            ("--log-format", "logging.format", logFormat),
        ].compactMap { flag, path, value in
            value.map { ConfigurationOverride(flag: flag, path: path, value: $0) }
        }
    }
}

/// The option of every command that talks to a running gateway.
struct RunDirectoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory of the control socket, the lock and the child records (environment: GATEWARDEN_RUN_DIR).",
            valueName: "dir"
        )
    )
    var runDir = GatewayEnvironment.current["GATEWARDEN_RUN_DIR"] ?? "/run/gatewarden"
}
