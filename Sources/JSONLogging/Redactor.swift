internal import Glibc

/// Replaces secrets in everything that is logged.
///
/// It knows the secrets literally: a password that reaches a log line by whatever way is still the same bytes. And it knows
/// what secrets look like that nobody has registered; see `SecretPattern`. What it cannot see is a secret that was cut in
/// two by the limit of a line's length, or encoded in base64. It costs one look into a table per byte, and no copy where
/// nothing is found.
public struct Redactor: Sendable {
    /// What stands in place of a secret.
    public static let mask = "********"
    /// Hides nothing, whatever it looks like.
    static let nothing = Redactor(secrets: [], table: [])

    /// What can begin with a byte.
    private struct Beginning {
        /// Where in `secrets` those are that begin with it.
        var secrets = 0..<0
        var isAnchor = false
        var isPossible = false
    }

    /// Longest first among those with the same first byte, so that one that contains another is masked as a whole.
    private let secrets: [[UInt8]]
    /// By byte value; empty where nothing is hidden.
    private let beginnings: [Beginning]

    /// Makes a redactor.
    ///
    /// - Parameter secrets: The literal texts to hide; empty ones are ignored. A very short secret masks innocent text,
    ///   too: it is for the caller to decide what is worth hiding (see `SecretRegistry`).
    public init(secrets: [String] = []) {
        let texts: [[UInt8]] = secrets.map { Array($0.utf8) }.filter { !$0.isEmpty }
        let sorted = texts.sorted { ($0[0], $1.count) < ($1[0], $0.count) }
        var table = Self.patternsOnly
        for (index, secret) in sorted.enumerated() {
            let first = Int(secret[0])
            let start = table[first].secrets.isEmpty ? index : table[first].secrets.lowerBound
            table[first].secrets = start..<(index + 1)
            table[first].isPossible = true
        }
        self.init(secrets: sorted, table: table)
    }

    private init(secrets: [[UInt8]], table: [Beginning]) {
        self.secrets = secrets
        beginnings = table
    }

    private static let patternsOnly: [Beginning] = {
        var table = [Beginning](repeating: Beginning(), count: 256)
        for anchor in SecretPattern.anchors { table[Int(anchor)] = Beginning(isAnchor: true, isPossible: true) }
        return table
    }()

    /// Hides all secrets in a text.
    ///
    /// - Parameter text: What is about to be logged, before any escaping or cutting.
    /// - Returns: The text with the mask in place of each secret.
    public func redact(_ text: String) -> String {
        guard !beginnings.isEmpty else { return text }
        var text = text
        return text.withUTF8 { redact(UnsafeRawBufferPointer($0)) } ?? text
    }

    /// The text of some bytes without its secrets; nil where there are none in it.
    private func redact(_ bytes: UnsafeRawBufferPointer) -> String? {
        var redacted: [UInt8] = []
        var (index, copied) = (0, 0)
        beginnings.withUnsafeBufferPointer { beginnings in
            while index < bytes.count {
                let beginning = beginnings[Int(bytes[index])]
                guard beginning.isPossible, let secret = secret(at: index, of: bytes, beginning) else {
                    index += 1
                    continue
                }
                redacted.append(contentsOf: bytes[copied..<secret.lowerBound])
                redacted.append(contentsOf: Self.mask.utf8)
                (index, copied) = (secret.upperBound, secret.upperBound)
            }
        }
        guard copied > 0 else { return nil }
        redacted.append(contentsOf: bytes[copied...])
        return String(decoding: redacted, as: UTF8.self)
    }

    private func secret(at index: Int, of bytes: UnsafeRawBufferPointer, _ beginning: Beginning) -> Range<Int>? {
        if let length = lengthOfSecret(at: index, of: bytes, beginning.secrets) { return index..<(index + length) }
        return beginning.isAnchor ? SecretPattern.secret(at: index, in: bytes) : nil
    }

    private func lengthOfSecret(
        at index: Int, of bytes: UnsafeRawBufferPointer, _ candidates: Range<Int>
    ) -> Int? {
        guard !candidates.isEmpty, let start = bytes.baseAddress?.advanced(by: index) else { return nil }
        let rest = bytes.count - index
        for secret in secrets[candidates] where secret.count <= rest && memcmp(start, secret, secret.count) == 0 {
            return secret.count
        }
        return nil
    }
}
