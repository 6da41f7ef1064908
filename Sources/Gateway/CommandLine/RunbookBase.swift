/// Where the links in alerts and dashboards find runbooks, other than on the box itself over plain HTTP.
public enum RunbookBase: Sendable, Equatable {
    /// On the box itself, which speaks TLS.
    case encryptedBox
    /// Below an address, which stands before `/NAME` and has no slash at its end.
    case address(String)

    /// Takes an address that somebody has given.
    ///
    /// - Parameter text: The address, with or without a slash at its end.
    /// - Throws: ``GatewayFailure`` when it is none, or has characters that mean something in YAML, JSON or templates.
    public init(address text: String) throws(GatewayFailure) {
        let allowed = { (byte: UInt8) in
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                || "-._~:/?&=%+@,".utf8.contains(byte)
        }
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix), text.utf8.count > scheme.utf8.count,
            text.utf8.allSatisfy(allowed)
        else {
            throw GatewayFailure(
                .failure, "--runbook-base-url \"\(text)\" is not an address; it begins with https:// or http://")
        }
        self = .address(text.hasSuffix("/") ? String(text.dropLast()) : text)
    }

    /// A file with the links to runbooks that it needs.
    ///
    /// - Parameter text: The file; the address of the box in it may be an expression such as `{{ $labels.instance }}`.
    /// - Returns: The file with every `http://BOX/runbooks` replaced.
    func apply(to text: String) -> [UInt8] {
        Array(schemes.reduce(text) { replaceLinks(in: $0, scheme: $1) }.utf8)
    }

    /// Where the box has its runbooks.
    private static let folder = "/runbooks"

    /// The beginnings of links that are replaced: dashboards find out by themselves whether a box speaks TLS.
    private var schemes: [String] {
        switch self {
        case .encryptedBox: ["http://"]
        case .address: ["http://", "${scheme}://"]
        }
    }

    private func replaceLinks(in text: String, scheme: String) -> String {
        var (result, rest) = ("", text[...])
        while let found = rest.firstRange(of: scheme) {
            let place = rest[found.upperBound...]
            let path = place.drop { !"/\"\n".contains($0) }
            result += rest[..<found.lowerBound]
            if path.hasPrefix(Self.folder) {
                result += base(insteadOf: place[..<path.startIndex])
                rest = path.dropFirst(Self.folder.count)
            } else {
                result += rest[found]
                rest = place
            }
        }
        return result + rest
    }

    private func base(insteadOf box: Substring) -> String {
        switch self {
        case .encryptedBox: "https://\(box)\(Self.folder)"
        case .address(let address): address
        }
    }
}
