/// Exponential backoff: `delay(n) = min(cap, base * 2^n)` for `n` failed attempts, n = 0 giving the base.
public struct Backoff: Sendable, Hashable {
    /// The delay after the first failure.
    public let base: Duration
    /// The longest delay.
    public let cap: Duration

    /// Creates a backoff.
    ///
    /// - Parameters:
    ///   - base: the delay after the first failure; negative counts as zero.
    ///   - cap: the longest delay; never below the base.
    public init(base: Duration = .seconds(1), cap: Duration = .seconds(60)) {
        self.base = max(base, .zero)
        self.cap = max(cap, self.base)
    }

    /// Returns the delay after a number of failed attempts.
    ///
    /// - Parameter attempts: the failed attempts so far; any number, also one that would overflow the product.
    /// - Returns: a delay between base and cap.
    public func delay(afterAttempts attempts: Int) -> Duration {
        guard attempts > 0, base > .zero else { return base }
        // Doubling step by step ends at the cap after at most a few dozen steps, and can never overflow.
        var delay = base
        for _ in 0..<attempts {
            delay = delay + delay
            if delay >= cap { return cap }
        }
        return delay
    }

    /// Returns the delay shortened by up to half, so that children that failed together do not return together.
    ///
    /// Equal jitter: half of the delay is kept, so a child never hammers; see the discussion of jitter in
    /// "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).
    ///
    /// - Parameters:
    ///   - attempts: the failed attempts so far.
    ///   - entropy: a random number, evenly spread over all of `UInt64`.
    /// - Returns: between half of the delay and the delay.
    public func jitteredDelay(afterAttempts attempts: Int, entropy: UInt64) -> Duration {
        let half = delay(afterAttempts: attempts) / 2
        return half + half * (Double(entropy >> 11) / Double(1 << 53))
    }
}
