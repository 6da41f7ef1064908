internal import Glibc

/// Replaces secrets in everything that is logged.
///
/// It knows the secrets literally: a password that reaches a log line by whatever way is still the same bytes. What it
/// cannot see is a secret that was cut in two by the limit of a line's length, or encoded in base64. Without secrets it
/// costs one comparison per value; with secrets, one look into a table per byte, and no copy where nothing is found.
public struct Redactor: Sendable {
    /// What stands in place of a secret.
    public static let mask = "********"

    /// Longest first among those with the same first byte, so that one that contains another is masked as a whole.
    private let secrets: [[UInt8]]
    /// For each byte value, where in `secrets` those are that begin with it; empty without secrets.
    private let beginnings: [Range<Int>]

    /// Makes a redactor.
    ///
    /// - Parameter secrets: The literal texts to hide; empty ones are ignored. A very short secret masks innocent text,
    ///   too: it is for the caller to decide what is worth hiding (see `SecretRegistry`).
    public init(secrets: [String] = []) {
        let texts: [[UInt8]] = secrets.map { Array($0.utf8) }.filter { !$0.isEmpty }
        let sorted = texts.sorted { ($0[0], $1.count) < ($1[0], $0.count) }
        self.secrets = sorted
        guard !sorted.isEmpty else {
            beginnings = []
            return
        }
        var beginnings = [Range<Int>](repeating: 0..<0, count: 256)
        for (index, secret) in sorted.enumerated() {
            let first = Int(secret[0])
            beginnings[first] = (beginnings[first].isEmpty ? index : beginnings[first].lowerBound)..<(index + 1)
        }
        self.beginnings = beginnings
    }

    /// Hides all secrets in a text.
    ///
    /// - Parameter text: What is about to be logged, before any escaping or cutting.
    /// - Returns: The text with the mask in place of each secret.
    public func redact(_ text: String) -> String {
        guard !secrets.isEmpty else { return text }
        var text = text
        return text.withUTF8 { redact(UnsafeRawBufferPointer($0)) } ?? text
    }

    /// The text of some bytes without its secrets; nil where there are none in it.
    private func redact(_ bytes: UnsafeRawBufferPointer) -> String? {
        var redacted: [UInt8] = []
        var (index, copied) = (0, 0)
        while index < bytes.count {
            guard let length = lengthOfSecret(at: index, of: bytes) else {
                index += 1
                continue
            }
            redacted.append(contentsOf: bytes[copied..<index])
            redacted.append(contentsOf: Self.mask.utf8)
            index += length
            copied = index
        }
        guard copied > 0 else { return nil }
        redacted.append(contentsOf: bytes[copied...])
        return String(decoding: redacted, as: UTF8.self)
    }

    private func lengthOfSecret(at index: Int, of bytes: UnsafeRawBufferPointer) -> Int? {
        let candidates = beginnings[Int(bytes[index])]
        guard !candidates.isEmpty, let start = bytes.baseAddress?.advanced(by: index) else { return nil }
        let rest = bytes.count - index
        for secret in secrets[candidates] where secret.count <= rest && memcmp(start, secret, secret.count) == 0 {
            return secret.count
        }
        return nil
    }
}
