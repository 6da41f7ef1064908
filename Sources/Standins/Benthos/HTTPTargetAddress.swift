import Standins

/// Where a URL leads: the parts that a client needs to connect and to ask.
struct HTTPTargetAddress {
    /// Where to connect to.
    let remote: HostPort
    /// What to ask for, at least `/`.
    let path: String

    /// Reads a URL.
    ///
    /// - Parameters:
    ///   - url: for example `http://127.0.0.1:8080/x`; without a port, 80
    ///   - scheme: the only scheme that is taken
    init?(_ url: String, scheme: String) {
        guard url.hasPrefix(scheme + "://") else { return nil }
        let rest = url.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        remote = HostPort(String(authority)) ?? HostPort(host: String(authority), port: 80)
        self.path = path.isEmpty ? "/" : String(path)
    }
}
