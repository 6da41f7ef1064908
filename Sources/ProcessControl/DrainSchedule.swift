/// When to look again whether a group without its leader is empty: the kernel sends no event for that.
package struct DrainSchedule: Equatable, Sendable {
    /// Below this, a group whose dead are reaped by the gateway is expected to be empty within a moment.
    package static let usualChecksBeforeScan = 16

    private let longestDelay: Duration
    private let checksBeforeScan: Int
    private var checks = 0
    private var delay = Duration.milliseconds(1)

    /// The schedule of a group that has just lost its leader.
    ///
    /// - Parameters:
    ///   - longestDelay: the delay that the others grow to.
    ///   - checksBeforeScan: after how many looks the state of every process is read.
    package init(
        longestDelay: Duration = .milliseconds(20),
        checksBeforeScan: Int = DrainSchedule.usualChecksBeforeScan
    ) {
        self.longestDelay = longestDelay
        self.checksBeforeScan = checksBeforeScan
    }

    /// Whether the present look should read the state of every process.
    ///
    /// Where nobody reaps orphans, dead ones keep their group alive for ever. Reading them all is costly, hence done more and more rarely.
    package var needsScan: Bool { checks >= checksBeforeScan && checks & (checks - 1) == 0 }

    /// The delay to the next look.
    package mutating func next() -> Duration {
        defer { delay = min(delay * 2, longestDelay) }
        checks += 1
        return delay
    }
}
