import Supervision

/// Where a store reads the time.
struct StoreTimes: Sendable {
    /// The engine's monotonic time, for durations and turns.
    let now: @Sendable () -> Moment
    /// The wall clock's time since 1970, for what people and readers see.
    let wallClock: @Sendable () -> Duration
}
