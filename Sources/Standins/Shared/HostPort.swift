/// A host and a port, written `host:port`, as Go programs write addresses.
public struct HostPort: Sendable, Equatable, CustomStringConvertible {
    /// A name or an address; empty means every interface, as in Go.
    public let host: String
    /// The TCP port, 0...65535.
    public let port: Int

    /// Makes an address of its parts.
    ///
    /// - Parameters:
    ///   - host: a name or an address
    ///   - port: the TCP port
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port` or `[v6]:port`; there is no value without a port.
    ///
    /// - Parameter text: the written address
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        }
        self.init(host: String(host), port: port)
    }

    /// The address as it was written.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// The host to bind or dial: an empty one means every interface.
    public var effectiveHost: String { host.isEmpty ? "0.0.0.0" : host }
}
