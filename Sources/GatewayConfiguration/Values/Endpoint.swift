/// A host and a TCP port.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// A host name or an address; an IPv6 address stands without brackets.
    public let host: String
    /// The port; 0 asks for a free one when listening.
    public let port: Int

    /// Reads `HOST:PORT`; nil where the text is none.
    ///
    /// - Parameter text: A name or IPv4 address, or an IPv6 address in brackets, then a colon and a port from 0 to 65535.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(digits), port <= 65535
        else { return nil }
        let host = text[..<colon]
        if host.first == "[", host.last == "]" {
            self.init(host: host.dropFirst().dropLast(), port: port, characters: ":.%")
        } else {
            self.init(host: host, port: port, characters: ".-_")
        }
    }

    /// Makes an endpoint of parts that are known to be right.
    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    private init?(host: Substring, port: Int, characters: String) {
        guard !host.isEmpty, host.utf8.count <= 255,
            host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || characters.contains($0)) }),
            !characters.contains(":") || host.contains(":")
        else { return nil }
        self.init(host: String(host), port: port)
    }

    /// The endpoint as it is written, an IPv6 address in brackets.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

extension Endpoint: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .string(let text) = content else { return nil }
        self.init(text)
    }

    package var content: ConfigurationValue.Content { .string(description) }
}
