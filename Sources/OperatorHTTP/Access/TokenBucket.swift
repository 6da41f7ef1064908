/// A token bucket: each request takes a token, one comes back in each interval, and there are never more than the burst.
struct TokenBucket: Sendable, Equatable {
    let rate: RequestRate
    /// When the bucket will be full again, since the clock's beginning.
    private var fullAt: Duration

    /// Makes a full bucket.
    init(_ rate: RequestRate, at now: Duration) {
        self.rate = rate
        fullAt = now
    }

    /// Takes a token.
    ///
    /// - Parameter now: The time since the clock's beginning; a clock that never goes back.
    /// - Returns: False where there is none.
    mutating func take(at now: Duration) -> Bool {
        let full = max(fullAt, now) + rate.interval
        guard full - now <= rate.interval * rate.burst else { return false }
        fullAt = full
        return true
    }
}
