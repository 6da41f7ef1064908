public import GatewayConfiguration
import Glibc

/// What `gatewarden run` was asked for.
public struct RunOptions: Sendable {
    /// The main configuration file.
    public var configurationFile: String
    /// Where the gateway keeps its state; absolute, as children with directories of their own are told of it.
    public let dataDirectory: String
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
        self.dataDirectory = Self.absolute(dataDirectory)
        self.runDirectory = runDirectory
        self.flags = flags
        self.environment = environment
    }

    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let buffer = getcwd(nil, 0) else { return path }
        defer { free(buffer) }
        return "\(String(cString: buffer))/\(path)"
    }
}
