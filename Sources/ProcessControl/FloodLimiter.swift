/// A token bucket for lines: so many a second, and so many at once after a silence.
///
/// Knows no clock: whoever asks brings the time.
public struct FloodLimiter: Equatable, Sendable {
    private let linesPerSecond: Double
    private let burst: Double
    private var tokens: Double
    private var filledAt: ContinuousClock.Instant?

    /// A full bucket.
    ///
    /// - Parameters:
    ///   - linesPerSecond: how many lines may pass each second in the long run; at least 1.
    ///   - burst: how many may pass at once; at least 1.
    public init(linesPerSecond: Int, burst: Int) {
        precondition(linesPerSecond > 0 && burst > 0, "a limiter lets at least one line pass")
        self.linesPerSecond = Double(linesPerSecond)
        self.burst = Double(burst)
        tokens = Double(burst)
    }

    /// How many lines may pass.
    ///
    /// - Parameter now: the time, which must not run backwards.
    /// - Returns: the whole tokens in the bucket.
    public mutating func allowance(at now: ContinuousClock.Instant) -> Int {
        if let filledAt {
            tokens = min(burst, tokens + filledAt.duration(to: now) / .seconds(1) * linesPerSecond)
        }
        filledAt = now
        return Int(tokens)
    }

    /// Takes the tokens of lines that have passed.
    ///
    /// - Parameter lines: how many; what the last word of a program has too much is paid back by later lines.
    public mutating func spend(_ lines: Int) {
        tokens -= Double(lines)
    }
}
