/// A token bucket for lines: so many a second, and so many at once after a silence.
///
/// Knows no clock: whoever asks brings the time.
public struct FloodLimiter: Equatable, Sendable {
    /// What one line takes; the bucket holds time, which adds up without rounding.
    private let price: Duration
    private let capacity: Duration
    private var credit: Duration
    private var filledAt: ContinuousClock.Instant?

    /// A full bucket.
    ///
    /// - Parameters:
    ///   - linesPerSecond: how many lines may pass each second in the long run; at least 1.
    ///   - burst: how many may pass at once; at least 1.
    public init(linesPerSecond: Int, burst: Int) {
        precondition(linesPerSecond > 0 && burst > 0, "a limiter lets at least one line pass")
        price = .seconds(1) / linesPerSecond
        capacity = price * burst
        credit = capacity
    }

    /// How many lines may pass.
    ///
    /// - Parameter now: the time, which must not run backwards.
    /// - Returns: the lines that the bucket has credit for.
    public mutating func allowance(at now: ContinuousClock.Instant) -> Int {
        if let filledAt { credit = min(capacity, credit + filledAt.duration(to: now)) }
        filledAt = now
        return Int(credit / price)
    }

    /// Takes the credit of lines that have passed.
    ///
    /// - Parameter lines: how many; what the last word of a program has too much is paid back by later lines.
    public mutating func spend(_ lines: Int) {
        credit -= price * lines
    }
}
