/// A host and a TCP port to listen on.
public struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// Name or address of a local interface.
    public var host: String
    /// TCP port; 0 lets the kernel pick a free one.
    public var port: Int

    /// Names an address.
    ///
    /// - Parameters:
    ///   - host: Name or address of a local interface.
    ///   - port: TCP port; 0 lets the kernel pick a free one.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The form `HOST:PORT`, an IPv6 address in brackets.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
