public import Supervision

/// What the log of a flow's process says about its state, line by line.
///
/// Made anew for every start of the process. To be given the lines of the stream that the log goes to: standard output,
/// or standard error where an output writes messages to standard output; what is printed before the log starts goes to
/// standard error in any case. Texts are cut at 512 bytes.
public struct FlowLogSignals: Sendable, Equatable {
    /// The latest of the lines of one kind.
    public struct Sighting: Sendable, Equatable {
        /// What the flow said, without time and level.
        public let text: String
        /// When the line came.
        public let at: Moment
    }

    /// The time after which trouble with connections is forgotten, since a reconnect often logs nothing; a client that has
    /// lost its broker complains every few seconds.
    public static let memory = Duration.seconds(60)

    /// The HTTP server could not listen: the flow goes on, and who answers on its port is someone else.
    public private(set) var httpServerFailure: Sighting?
    /// All inputs have ended: the process is about to exit with 0, which is no crash.
    public private(set) var completion: Sighting?
    /// The latest line of the level "error", of any kind.
    public private(set) var lastError: Sighting?
    private var input: Sighting?
    private var output: Sighting?
    private var lastWords: Sighting?
    private var lintError: Sighting?
    private var isRefusedByLint = false

    /// Nothing was said yet.
    public init() {}

    /// Why the flow did not start: its configuration or its command line is wrong.
    ///
    /// Linter errors count only once the process gives them as its reason, which it does on another stream than its log.
    public var startFailure: Sighting? {
        isRefusedByLint ? lintError ?? lastWords : lastWords
    }

    /// What inputs said last about connections that are missing or were lost, within ``memory``.
    ///
    /// - Parameter now: The current moment.
    /// - Returns: The latest sighting, or `nil` where there is none or it is too old.
    public func inputTrouble(at now: Moment) -> Sighting? {
        input.flatMap { $0.at.duration(to: now) < Self.memory ? $0 : nil }
    }

    /// What outputs said last about connections that are missing or were lost, within ``memory``.
    ///
    /// - Parameter now: The current moment.
    /// - Returns: The latest sighting, or `nil` where there is none or it is too old.
    public func outputTrouble(at now: Moment) -> Sighting? {
        output.flatMap { $0.at.duration(to: now) < Self.memory ? $0 : nil }
    }

    /// What inputs or outputs said last about connections that are missing or were lost, within ``memory``.
    ///
    /// - Parameter now: The current moment.
    /// - Returns: The latest sighting, or `nil` where there is none or it is too old.
    public func connectionTrouble(at now: Moment) -> Sighting? {
        [inputTrouble(at: now), outputTrouble(at: now)].compactMap(\.self).max { $0.at < $1.at }
    }

    /// Takes note of a line; most lines cost a search for a few words.
    ///
    /// - Parameters:
    ///   - line: The line without its end.
    ///   - moment: When it came.
    public mutating func note(_ line: String, at moment: Moment) {
        if let logged = FlowLogLine(line) {
            note(logged, at: moment)
        } else {
            notePlain(line, at: moment)
        }
    }

    private mutating func note(_ line: FlowLogLine, at moment: Moment) {
        let sighting = Self.sighting(line.text, moment)
        if line.message.contains(bytesOf: "Pipeline has terminated") { completion = sighting }
        if line.isError { lastError = sighting }
        if line.message.text(after: "HTTP Server error: ") != nil { httpServerFailure = sighting }
        if let lint = line.lint { lintError = Self.sighting(lint, moment) }
        guard line.isAboutConnections, let path = line.path else { return }
        if path.text(after: "root.input") != nil { input = sighting }
        if path.text(after: "root.output") != nil { output = sighting }
    }

    /// Takes note of what is printed outside of the log, before it starts or as the process's last words.
    private mutating func notePlain(_ line: String, at moment: Moment) {
        if let reason = Self.reasonStarts.lazy.compactMap({ line.text(after: $0) }).first {
            lastWords = Self.sighting(reason, moment)
        } else if Self.usageErrors.contains(where: { line.text(after: $0) != nil }) {
            lastWords = Self.sighting(line, moment)
        } else if line.text(after: "shutting down due to linter errors") != nil {
            isRefusedByLint = true
            lastWords = Self.sighting(line, moment)
        } else if line.text(after: "panic: ") != nil || line.text(after: "fatal error: ") != nil {
            lastError = Self.sighting(line, moment)
        } else if let words = lastWords, words.text.hasSuffix(":"), line.text(after: "  ") != nil {
            // The reason of a reason stands in a line of its own.
            lastWords = Self.sighting(words.text + line.dropFirst(), moment)
        }
    }

    private static let reasonStarts: [StaticString] = ["service closing due to: ", "configuration file read error: "]
    private static let usageErrors: [StaticString] = [
        "flag provided but not defined: ", "Incorrect Usage: ", "Unrecognised command: ",
    ]

    private static func sighting(_ text: String, _ moment: Moment) -> Sighting {
        Sighting(text: text.cut(toBytes: 512), at: moment)
    }
}

extension FlowLogLine {
    /// Whether the line says that a connection is missing or was lost.
    ///
    /// Besides Benthos' own word these are the words of its Kafka client, the only sign of a broker that is gone.
    fileprivate var isAboutConnections: Bool {
        let starts: [StaticString] = [
            "Failed to connect to ", "unable to open connection to broker", "Kafka broker ", "Kafka poll error ",
            "group manage loop errored", "produce partition load error",
        ]
        // A flow that stops cancels what its client still does.
        return cause != "context canceled" && starts.contains { message.text(after: $0) != nil }
    }
}
