/// When to look again which program a child runs: wrappers become another one, and the kernel sends no event for that.
///
/// Wrappers do so within moments, or after checks that take some seconds. One that takes longer than the last look is not
/// proven to be the recorded child, and is ended by the next gateway.
package struct ExecutableLooks: Equatable, Sendable {
    private var delays: ArraySlice<Duration> = [.seconds(1), .seconds(4), .seconds(15), .seconds(60)]

    /// The schedule of a child that has just been started.
    package init() {}

    /// The delay to the next look; nil after the last.
    package mutating func next() -> Duration? {
        delays.popFirst()
    }
}
