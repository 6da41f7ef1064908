/// What was built.
public enum GatewayVersion {
    /// The gateway's version (semantic versioning).
    public static let current = "0.1.0"

    /// The language version of the compiler.
    public static var swift: String {
        #if swift(>=6.4)
            "6.4 or later"
        #elseif swift(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
