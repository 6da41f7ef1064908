internal import Glibc

/// The environment of a child: clean, with a few variables of the gateway and the declared ones.
public struct ProcessEnvironment: Equatable, Sendable {
    /// The variables that a child takes over from the gateway.
    public static let inheritedNames = ["PATH", "HOME", "LANG"]
    /// The search path of children where the gateway has none, as Debian's login sets it.
    public static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// All variables of the child.
    public let variables: [String: String]

    /// The child's own search path for commands.
    public var path: String { variables["PATH"] ?? Self.defaultPath }

    /// Builds a child's environment.
    ///
    /// - Parameters:
    ///   - gateway: the gateway's own variables; only `inheritedNames` are taken.
    ///   - declared: the variables of the configuration; they win.
    public init(gateway: [String: String], declared: [String: String] = [:]) {
        var variables = ["PATH": Self.defaultPath]
        for name in Self.inheritedNames {
            if let value = gateway[name] {
                variables[name] = value
            }
        }
        self.variables = variables.merging(declared) { _, declared in declared }
    }

    /// Builds a child's environment from that of the running gateway.
    ///
    /// - Parameter declared: the variables of the configuration; they win.
    public init(declared: [String: String] = [:]) {
        var gateway: [String: String] = [:]
        for name in Self.inheritedNames {
            if let value = getenv(name) {
                gateway[name] = String(cString: value)
            }
        }
        self.init(gateway: gateway, declared: declared)
    }

    /// The same environment with further variables; they win.
    ///
    /// - Parameter variables: the further variables.
    /// - Returns: the environment.
    public func adding(_ variables: [String: String]) -> ProcessEnvironment {
        ProcessEnvironment(variables: self.variables.merging(variables) { _, added in added })
    }

    private init(variables: [String: String]) {
        self.variables = variables
    }
}
