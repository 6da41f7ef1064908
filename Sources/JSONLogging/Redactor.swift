/// Replaces secrets in everything that is logged.
///
/// It knows the secrets literally: a password that reaches a log line by whatever way is still the same bytes. Without
/// secrets it costs one comparison per value.
public struct Redactor: Sendable {
    /// What stands in place of a secret.
    public static let mask = "********"

    /// Longest first, so that a secret that contains another is masked as a whole.
    private let secrets: [[UInt8]]
    /// For each byte value, whether a secret begins with it.
    private let begins: [Bool]

    /// Makes a redactor.
    ///
    /// - Parameter secrets: The literal texts to hide; empty ones are ignored. A very short secret masks innocent text,
    ///   too: it is for the caller to decide what is worth hiding.
    public init(secrets: [String] = []) {
        self.secrets = secrets.filter { !$0.isEmpty }.map { Array($0.utf8) }.sorted { $0.count > $1.count }
        var begins = [Bool](repeating: false, count: 256)
        for first in self.secrets.compactMap(\.first) { begins[Int(first)] = true }
        self.begins = begins
    }

    /// Hides all secrets in a text.
    ///
    /// - Parameter text: What is about to be logged, before any escaping or cutting.
    /// - Returns: The text with the mask in place of each secret.
    public func redact(_ text: String) -> String {
        guard !secrets.isEmpty, text.utf8.contains(where: { begins[Int($0)] }) else { return text }
        let bytes = Array(text.utf8)
        var redacted: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let secret = secret(at: index, of: bytes) {
                redacted.append(contentsOf: Self.mask.utf8)
                index += secret.count
            } else {
                redacted.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: redacted, as: UTF8.self)
    }

    private func secret(at index: Int, of bytes: [UInt8]) -> [UInt8]? {
        guard begins[Int(bytes[index])] else { return nil }
        return secrets.first { bytes[index...].starts(with: $0) }
    }
}
