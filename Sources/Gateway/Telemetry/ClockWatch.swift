import Supervision

/// Decides whether somebody has set the calendar: compares it with the monotonic clock, which nobody can set.
struct ClockWatch {
    /// One look at both clocks.
    struct Look {
        /// The monotonic clock right before the calendar was read.
        let before: Moment
        /// The calendar, since 1970.
        let calendar: Duration
        /// The monotonic clock right after the calendar was read.
        let after: Moment
    }

    /// Where the calendar went: the values of the label `direction`.
    enum Direction: String, CaseIterable {
        case forward
        case backward
    }

    /// A change of the calendar that is not the passing of time.
    struct Jump: Equatable {
        let direction: Direction
        /// By how much, at least.
        let distance: Duration
    }

    /// How far the clocks may come apart between two looks.
    ///
    /// Time services correct smaller errors by letting the clock run up to 0.05 % faster or slower (adjtimex(2)), which is
    /// no jump.
    static let tolerance = Duration.seconds(1)

    /// The least and the most by which the calendar was ahead of the monotonic clock at the last look.
    private var lead: ClosedRange<Duration>?

    /// Takes in a look.
    ///
    /// A look that was interrupted between its readings says less, and never feigns a jump.
    ///
    /// - Parameter look: the clocks now.
    /// - Returns: the jump since the last look, if there was one.
    mutating func note(_ look: Look) -> Jump? {
        let new = (look.calendar - look.after.sinceStart)...(look.calendar - look.before.sinceStart)
        defer { lead = new }
        guard let lead else { return nil }
        let (forward, backward) = (new.lowerBound - lead.upperBound, lead.lowerBound - new.upperBound)
        if forward > Self.tolerance { return Jump(direction: .forward, distance: forward) }
        if backward > Self.tolerance { return Jump(direction: .backward, distance: backward) }
        return nil
    }
}
