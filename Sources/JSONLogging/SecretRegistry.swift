internal import Synchronization

/// The secrets of a process, which the log and everything else that is shown must hide.
///
/// Any thread may use it. What was registered once stays hidden: a child that still runs with the old password may print
/// it after a change. The number is bounded; when it is reached, the oldest secrets are forgotten.
public final class SecretRegistry: Sendable {
    /// Shorter values are ignored: they would mask innocent text everywhere, and hide nothing that cannot be guessed.
    public static let minimumLength = 4
    /// The most texts that are hidden at a time.
    public static let capacity = 4096

    private struct State {
        /// The oldest first, each once.
        var secrets: [String] = []
        var redactor = Redactor()
    }

    private let state = Mutex(State())

    /// Makes a registry that hides nothing yet.
    public init() {}

    /// Hides what is registered now.
    public var redactor: Redactor { state.withLock { $0.redactor } }

    /// Registers secrets in addition to those that are known.
    ///
    /// A secret of several lines is hidden line by line, too, and one with quotes, backslashes or control characters also
    /// as it stands in JSON.
    ///
    /// - Parameter values: The literal texts; those shorter than `minimumLength` bytes are ignored.
    public func register(_ values: [String]) {
        let texts = values.flatMap(Self.appearances).filter { $0.utf8.count >= Self.minimumLength }
        state.withLock { state in
            var known = Set(texts)
            let older = state.secrets.filter { !known.contains($0) }
            let newer = texts.filter { known.remove($0) != nil }
            let secrets = Array((older + newer).suffix(Self.capacity))
            guard secrets != state.secrets else { return }
            state.secrets = secrets
            state.redactor = Redactor(secrets: secrets)
        }
    }

    /// The texts as which a secret may be met.
    private static func appearances(of value: String) -> [String] {
        var line = BoundedText(limit: .max, stringLimit: .max - 1, redactor: .nothing)
        _ = line.string(value)
        let quoted = String(decoding: line.bytes.dropFirst().dropLast(), as: UTF8.self)
        let lines = value.split(whereSeparator: \.isNewline).map(String.init)
        return [value] + (quoted == value ? [] : [quoted]) + (lines.count > 1 ? lines : [])
    }
}
