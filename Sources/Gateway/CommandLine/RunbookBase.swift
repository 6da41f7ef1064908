/// Where runbooks are, instead of on the box itself.
struct RunbookBase: Sendable {
    /// The address before `/NAME`, without a slash at its end.
    private let address: String

    /// Takes an address that somebody has given.
    ///
    /// - Throws: ``GatewayFailure`` when it is none, or has characters that mean something in YAML, JSON or templates.
    init(_ text: String) throws(GatewayFailure) {
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
        address = text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// A file with this address in all links to runbooks.
    ///
    /// - Parameter text: The file; the address of the box in it may be an expression such as `{{ $labels.instance }}`.
    /// - Returns: The file with every `http://BOX/runbooks` replaced.
    func apply(to text: String) -> [UInt8] {
        var (result, rest) = ("", text[...])
        while let scheme = rest.firstRange(of: "http://") {
            let path = rest[scheme.upperBound...].drop { !"/\"\n".contains($0) }
            result += rest[..<scheme.lowerBound]
            if path.hasPrefix(Self.folder) {
                result += address
                rest = path.dropFirst(Self.folder.count)
            } else {
                result += rest[scheme]
                rest = rest[scheme.upperBound...]
            }
        }
        return Array((result + rest).utf8)
    }

    /// Where the box has its runbooks.
    private static let folder = "/runbooks"
}
