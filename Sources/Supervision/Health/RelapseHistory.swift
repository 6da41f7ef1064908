/// How long a child was ready after a repair before it failed again, for the last few times that this was not long.
///
/// A child that dies a second after each start would else count as recovered after each of them, and never be escalated.
struct RelapseHistory: Equatable {
    private struct Relapse: Equatable {
        let at: Moment
        let readyFor: Duration
    }

    /// As many as tell the longest one of a child that fails all the time.
    private static let limit = 5

    private var relapses: [Relapse] = []
    private var isOnTrial = false

    /// Notes that the child is being repaired: how long it holds after that tells whether it has recovered.
    mutating func repaired() { isOnTrial = true }

    /// Notes that the child has ceased to be ready.
    mutating func failed(readyFor duration: Duration, at now: Moment, _ policy: CircuitPolicy) {
        guard isOnTrial else { return }
        if duration >= policy.stableAfter {
            self = RelapseHistory()
        } else {
            relapses = relapses.suffix(Self.limit - 1) + [Relapse(at: now, readyFor: duration)]
        }
    }

    /// How long the child must be ready now to count as recovered.
    func settleTime(at now: Moment, _ policy: CircuitPolicy) -> Duration {
        let recent = relapses.filter { $0.at.duration(to: now) <= policy.relapseWindow }
        return max(policy.settleTime, (recent.map(\.readyFor).max() ?? .zero) * 2)
    }
}
