public import Supervision

/// What the log of a broker's process says about its state, line by line.
///
/// Made anew for every start of the process. Trouble is forgotten after ``memory``, so that it does not outlive its cause
/// for long.
public struct BrokerLogSignals: Sendable, Equatable {
    /// An address that somebody else listens on.
    public struct AddressInUse: Sendable, Equatable {
        /// What the broker said; cut at 512 bytes.
        public let text: String
        /// When it said so last.
        public let at: Moment
    }

    /// A core that did nothing for anybody else.
    public struct ReactorStall: Sendable, Equatable {
        /// How long; more than ``BrokerLogSignals/tolerableStall``.
        public let duration: Duration
        /// When it was logged.
        public let at: Moment
    }

    /// The time after which trouble is forgotten.
    public static let memory = Duration.seconds(600)
    /// The longest stall that is no trouble; the broker logs stalls from 25 ms on.
    public static let tolerableStall = Duration.milliseconds(500)

    /// When the broker said that it has started.
    public private(set) var started: Moment?
    private var addressInUse: AddressInUse?
    private var stall: ReactorStall?

    /// Nothing was said yet.
    public init() {}

    /// The latest complaint about an address in use, within ``memory``.
    ///
    /// - Parameter now: The current moment.
    /// - Returns: The complaint, or `nil` where there is none or it is too old.
    public func addressInUse(at now: Moment) -> AddressInUse? {
        addressInUse.flatMap { $0.at.duration(to: now) < Self.memory ? $0 : nil }
    }

    /// The latest stall that is too long, within ``memory``.
    ///
    /// - Parameter now: The current moment.
    /// - Returns: The stall, or `nil` where there is none or it is too old.
    public func reactorStall(at now: Moment) -> ReactorStall? {
        stall.flatMap { $0.at.duration(to: now) < Self.memory ? $0 : nil }
    }

    /// Takes note of a line.
    ///
    /// - Parameters:
    ///   - line: The line without its end.
    ///   - moment: When it came.
    public mutating func note(_ line: String, at moment: Moment) {
        if line.contains(bytesOf: "Successfully started Redpanda!") {
            started = moment
        } else if line.contains(bytesOf: "Address already in use") {
            addressInUse = AddressInUse(text: line.cut(toBytes: 512), at: moment)
        } else if line.contains(bytesOf: "Reactor stalled for "), let duration = Self.stall(in: line),
            duration > Self.tolerableStall
        {
            stall = ReactorStall(duration: duration, at: moment)
        }
    }

    /// Reads Seastar's `Reactor stalled for 612 ms on shard 0`, which stands at the start or after a logger's name.
    private static func stall(in line: String) -> Duration? {
        guard let words = line.firstRange(of: "Reactor stalled for ") else { return nil }
        let parts = line[words.upperBound...].split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[1].hasPrefix("ms"), let milliseconds = Int64(parts[0]) else { return nil }
        return .milliseconds(milliseconds)
    }
}
