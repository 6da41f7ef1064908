/// Decides when to tell that lines of a flood were dropped: when the flood is over, and at intervals while it lasts.
///
/// Knows no clock: whoever asks brings the time.
public struct FloodReport: Equatable, Sendable {
    /// What to do next.
    public enum Step: Equatable, Sendable {
        /// Nothing, until lines are dropped again.
        case rest
        /// Look again at a moment.
        case wait(until: ContinuousClock.Instant)
        /// Tell that so many lines were dropped, then look again.
        case tell(dropped: Int)
    }

    /// The time between two reports while a flood lasts.
    public static let interval = Duration.seconds(10)
    /// A flood is over when nothing was dropped for so long.
    public static let silence = Duration.seconds(1)

    private struct Flood: Equatable {
        /// When it began, or was told of last.
        var toldAt: ContinuousClock.Instant
        var droppedAt: ContinuousClock.Instant
        var untold: Int
    }

    private var flood: Flood?

    /// A report without a flood.
    public init() {}

    /// Takes note of dropped lines.
    ///
    /// - Parameters:
    ///   - dropped: how many; more than zero.
    ///   - now: the time.
    /// - Returns: whether this begins a flood, so that somebody has to take steps.
    public mutating func note(dropped: Int, at now: ContinuousClock.Instant) -> Bool {
        guard flood == nil else {
            flood?.untold += dropped
            flood?.droppedAt = now
            return false
        }
        flood = Flood(toldAt: now, droppedAt: now, untold: dropped)
        return true
    }

    /// Says what to do, and counts it as done.
    ///
    /// - Parameter now: the time.
    /// - Returns: the step.
    public mutating func step(at now: ContinuousClock.Instant) -> Step {
        guard let current = flood else { return .rest }
        let end = current.droppedAt.advanced(by: Self.silence)
        let next = current.toldAt.advanced(by: Self.interval)
        if end <= now {
            flood = nil
            return current.untold > 0 ? .tell(dropped: current.untold) : .rest
        }
        guard next <= now, current.untold > 0 else { return .wait(until: next <= now ? end : min(end, next)) }
        flood?.toldAt = now
        flood?.untold = 0
        return .tell(dropped: current.untold)
    }

    /// Ends the flood, because whoever made it has ended.
    ///
    /// - Returns: how many lines were dropped and not told of.
    public mutating func end() -> Int {
        defer { flood = nil }
        return flood?.untold ?? 0
    }
}
