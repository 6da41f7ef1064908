public import GatewayConfiguration

/// What `gatewarden run` was asked for.
public struct RunOptions: Sendable {
    /// The main configuration file.
    public var configurationFile: String
    /// Where the gateway keeps its state.
    public var dataDirectory: String
    /// Where the control socket, the lock and the child records are.
    public var runDirectory: String
    /// Settings given as flags.
    public var flags: [ConfigurationOverride]
    /// The environment of the gateway.
    public var environment: [String: String]

    /// Creates options.
    public init(
        configurationFile: String,
        dataDirectory: String,
        runDirectory: String,
        flags: [ConfigurationOverride],
        environment: [String: String]
    ) {
        self.configurationFile = configurationFile
        self.dataDirectory = dataDirectory
        self.runDirectory = runDirectory
        self.flags = flags
        self.environment = environment
    }
}
