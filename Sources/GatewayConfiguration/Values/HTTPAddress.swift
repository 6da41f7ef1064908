/// The form of the addresses that probes ask.
enum HTTPAddress {
    /// Judges an address: scheme `http` or `https`, a host, optionally a port, and nothing but printable ASCII.
    ///
    /// Source: RFC 3986, section 3, without user information.
    static func isValid(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let scheme = ["http://", "https://"].first(where: text.hasPrefix)
        else { return false }
        let authority = String(text.dropFirst(scheme.count).prefix { !"/?#".contains($0) })
        let hasPort = authority.last != "]" && authority.contains(":")
        guard let endpoint = Endpoint(hasPort ? authority : "\(authority):80") else { return false }
        return endpoint.port > 0
    }
}
