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
    private var isWatched = false

    /// A report without a flood.
    public init() {}

    /// Takes note of dropped lines.
    ///
    /// - Parameters:
    ///   - dropped: how many; more than zero.
    ///   - now: the time.
    /// - Returns: whether somebody has to begin to take steps; who has begun goes on until a rest.
    public mutating func note(dropped: Int, at now: ContinuousClock.Instant) -> Bool {
        var current = flood ?? Flood(toldAt: now, droppedAt: now, untold: 0)
        current.untold += dropped
        current.droppedAt = now
        flood = current
        defer { isWatched = true }
        return !isWatched
    }

    /// Says what to do, and counts it as done.
    ///
    /// - Parameter now: the time.
    /// - Returns: the step.
    public mutating func step(at now: ContinuousClock.Instant) -> Step {
        guard let current = flood else {
            isWatched = false
            return .rest
        }
        let end = current.droppedAt.advanced(by: Self.silence)
        let next = current.toldAt.advanced(by: Self.interval)
        if now < end, now < next || current.untold == 0 { return .wait(until: now < next ? min(end, next) : end) }
        flood = now < end ? Flood(toldAt: now, droppedAt: current.droppedAt, untold: 0) : nil
        return current.untold > 0 ? .tell(dropped: current.untold) : step(at: now)
    }

    /// Ends the flood, because whoever made it has ended.
    ///
    /// - Returns: how many lines were dropped and not told of.
    public mutating func end() -> Int {
        defer { flood = nil }
        return flood?.untold ?? 0
    }
}
