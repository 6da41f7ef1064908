internal import FoundationEssentials

/// What a client says of itself with HTTP's basic scheme.
///
/// Source: RFC 7617.
struct BasicCredentials: Equatable {
    let user: String
    let password: [UInt8]

    /// Reads the value of an `Authorization` header.
    ///
    /// - Returns: Nil where it is of another scheme, or broken.
    init?(authorization: String) {
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "basic",
            let bytes = Data(base64Encoded: String(words[1].drop { $0 == " " })),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let user = String(validating: bytes[..<colon], as: UTF8.self)
        else { return nil }
        self.user = user
        password = Array(bytes[bytes.index(after: colon)...])
    }
}
