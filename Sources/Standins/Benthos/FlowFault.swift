import Standins

/// Why a message could not be read or written.
enum FlowFault: Error, Equatable {
    /// The connection is gone; the words are for the log, and empty where the real program logs nothing.
    case disconnected(String)
    /// This message failed; the connection stands.
    case failed(String)
}

/// The receiving end of a flow.
///
/// Used by one task at a time.
protocol MessageSource: Sendable {
    /// Connects; returns at once where there is nothing to connect to.
    func connect() async throws(StandinError)
    /// The next message; nothing at the end of the input, or when the task is cancelled.
    func next() async throws(FlowFault) -> FlowMessage?
}

/// The sending end of a flow.
///
/// `connect` is used by one task at a time, `write` by as many as `slots` says.
protocol MessageSink: Sendable {
    /// How many messages may be under way at once.
    var slots: Int { get }
    /// Whether the connection goes with a reload of the configuration: the component that takes over counts a connection
    /// of its own, and nobody counts the loss of the old one.
    var isReloaded: Bool { get }
    /// Connects; returns at once where there is nothing to connect to.
    func connect() async throws(StandinError)
    /// Writes one message.
    func write(_ message: FlowMessage) async throws(FlowFault)
}

extension MessageSink {
    var isReloaded: Bool { false }
}

/// What `/ready` says about a component.
struct ConnectionStatus: Sendable, Equatable {
    var isConnected = false
    /// The words of the last refusal.
    var error: String?
}

/// The pauses between attempts to connect: about one attempt a second, as measured.
struct RetrySchedule: Sendable {
    private var pauses: [Duration]

    /// Makes a schedule.
    ///
    /// - Parameter pauses: in order; the last one repeats
    init(_ pauses: [Duration] = [.milliseconds(250), .milliseconds(500), .seconds(1)]) {
        self.pauses = pauses
    }

    /// The next pause.
    mutating func next() -> Duration {
        pauses.count > 1 ? pauses.removeFirst() : pauses.first ?? .seconds(1)
    }
}
