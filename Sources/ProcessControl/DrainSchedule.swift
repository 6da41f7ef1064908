/// When to look again whether a group without its leader is empty: the kernel sends no event for that.
package struct DrainSchedule: Equatable, Sendable {
    /// Below this, an empty group is expected within a moment.
    private static let checksBeforeScan = 16

    private let longestDelay: Duration
    private var checks = 0
    private var delay = Duration.milliseconds(1)

    /// The schedule of a group that has just lost its leader.
    ///
    /// - Parameter longestDelay: the delay that the others grow to.
    package init(longestDelay: Duration = .milliseconds(20)) {
        self.longestDelay = longestDelay
    }

    /// Whether the present look should read the state of every process.
    ///
    /// Where nobody reaps orphans, dead ones keep their group alive for ever. Reading them all is costly, hence done more and more rarely.
    package var needsScan: Bool { checks >= Self.checksBeforeScan && checks & (checks - 1) == 0 }

    /// The delay to the next look.
    package mutating func next() -> Duration {
        defer { delay = min(delay * 2, longestDelay) }
        checks += 1
        return delay
    }
}
