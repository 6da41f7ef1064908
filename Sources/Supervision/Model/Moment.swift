/// A point on the engine's own monotonic time line.
///
/// Moments are counted from an arbitrary start of the clock that made them, so that a decision can be tested with plain
/// numbers and a change of the wall clock cannot reach it.
public struct Moment: InstantProtocol, Sendable, Hashable {
    /// The time since the clock's start.
    public let sinceStart: Duration

    /// The clock's start.
    public static let start = Moment(sinceStart: .zero)

    /// Creates the moment that lies a duration after the clock's start.
    public init(sinceStart: Duration) {
        self.sinceStart = sinceStart
    }

    /// The moment that lies a duration later.
    public func advanced(by duration: Duration) -> Moment {
        Moment(sinceStart: sinceStart + duration)
    }

    /// The time from this moment to another.
    public func duration(to other: Moment) -> Duration {
        other.sinceStart - sinceStart
    }

    /// Whether the first comes before the second.
    public static func < (lhs: Moment, rhs: Moment) -> Bool {
        lhs.sinceStart < rhs.sinceStart
    }
}
