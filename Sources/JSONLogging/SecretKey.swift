internal import Logging

/// Names of fields, settings and headers whose values must not be shown.
///
/// A name is such a one if it ends in one of the words below, in any case and with or without `_`, `-` and `.` between its
/// parts: `SASL_PASSWORD`, `api-key`, `clientSecret`. What only speaks of a secret is none: `password_file`, `token_expiry`.
enum SecretKey {
    private static let words: [[UInt8]] = [
        "password", "passwd", "passphrase", "passwordhash", "secret", "secretvalue", "token", "tokenvalue",
        "credential",
        "credentials", "apikey", "privatekey", "secretkey", "accesskey", "authorization", "cookie",
    ].map { Array($0.utf8.reversed()) }
    /// For each byte value, whether a word ends in it: most names are told by their last letter.
    private static let lastLetters: [Bool] = {
        var letters = [Bool](repeating: false, count: 256)
        for word in words { letters[Int(word[0])] = true }
        return letters
    }()

    /// Whether a name is that of a secret.
    static func matches(_ name: some BidirectionalCollection<UInt8>) -> Bool {
        guard let last = name.last, lastLetters[Int(last | 0x20)] else { return false }
        return words.contains { ends(name, inReversed: $0) }
    }

    /// A metadata value with the mask in place of what a secret's key names, as deep as values are shown.
    static func masking(_ value: Logger.MetadataValue, of key: String, depth: Int = 0) -> Logger.MetadataValue {
        if matches(key.utf8) { return .string(Redactor.mask) }
        guard depth < BoundedText.maximumDepth else { return value }
        switch value {
        case .string, .stringConvertible: return value
        case .array(let elements): return .array(elements.map { masking($0, of: "", depth: depth + 1) })
        case .dictionary(let fields):
            return .dictionary(
                fields.reduce(into: fields) { masked, field in
                    masked[field.key] = masking(field.value, of: field.key, depth: depth + 1)
                }
            )
        }
    }

    private static func ends(_ name: some BidirectionalCollection<UInt8>, inReversed word: [UInt8]) -> Bool {
        var rest = name[...]
        for letter in word {
            while let last = rest.last,
                last == UInt8(ascii: "_") || last == UInt8(ascii: "-") || last == UInt8(ascii: ".")
            {
                rest.removeLast()
            }
            guard let last = rest.popLast(), last | 0x20 == letter else { return false }
        }
        return true
    }
}
