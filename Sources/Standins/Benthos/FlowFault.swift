import Standins

/// Why a message could not be read or written.
enum FlowFault: Error, Equatable {
    /// There is no connection any more; the message is kept for the next one.
    case notConnected
    /// This message failed. What it failed of may have ended the connection, too; then the next one finds out.
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
    /// Ends the connection for good.
    func close() async
}

extension MessageSource {
    func close() async {}
}

/// The sending end of a flow.
///
/// `connect` is used by one task at a time, `write` by as many as `slots` says.
protocol MessageSink: Sendable {
    /// How many messages may be under way at once, once there has been a connection.
    var slots: Int { get }
    /// How many messages wait in front of an output that takes none.
    var backlog: Int { get }
    /// Whether the connection goes with a reload of the configuration: the component that takes over counts a connection
    /// of its own, and nobody counts the loss of the old one.
    var isReloaded: Bool { get }
    /// Connects; returns at once where there is nothing to connect to.
    func connect() async throws(StandinError)
    /// Writes one message.
    func write(_ message: FlowMessage) async throws(FlowFault)
    /// Ends the connection for good.
    func close() async
}

extension MessageSink {
    /// As measured on a flow whose socket never connected.
    var backlog: Int { 6 }

    var isReloaded: Bool { false }

    func close() async {}
}

/// What `/ready` says about a component.
struct ConnectionStatus: Sendable, Equatable {
    var isConnected = false
    /// The words of the last refusal.
    var error: String?

    /// A connection that is gone, before anybody has tried to bring it up again.
    static let lost = ConnectionStatus(error: "not connected to target source or sink")
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
