internal import Synchronization

/// How often a registry refused something without failing its caller; totals since the registry was made.
public struct Refusals: Sendable, Equatable {
    /// Samples of collectors dropped because the family already had a series with these labels.
    public var duplicateSamples: UInt64 = 0
    /// Samples of collectors dropped because the labels were not the family's.
    public var malformedSamples: UInt64 = 0
    /// Counter increments ignored because the amount was negative or not a number.
    public var invalidIncrements: UInt64 = 0
    /// Timings ignored because the duration was negative.
    public var negativeDurations: UInt64 = 0
    /// Exemplars dropped because a label name was none, or all labels together were too long.
    public var invalidExemplars: UInt64 = 0
    /// Instruments of swift-metrics that could not be exposed: the name belongs to another type or label set.
    public var conflicts: UInt64 = 0
}

/// The live counters behind `Refusals`, shared by a registry's families.
final class RefusalCounters: Sendable {
    let duplicateSamples = Atomic<UInt64>(0)
    let malformedSamples = Atomic<UInt64>(0)
    let invalidIncrements = Atomic<UInt64>(0)
    let negativeDurations = Atomic<UInt64>(0)
    let invalidExemplars = Atomic<UInt64>(0)
    let conflicts = Atomic<UInt64>(0)

    func load() -> Refusals {
        Refusals(
            duplicateSamples: duplicateSamples.load(ordering: .relaxed),
            malformedSamples: malformedSamples.load(ordering: .relaxed),
            invalidIncrements: invalidIncrements.load(ordering: .relaxed),
            negativeDurations: negativeDurations.load(ordering: .relaxed),
            invalidExemplars: invalidExemplars.load(ordering: .relaxed),
            conflicts: conflicts.load(ordering: .relaxed)
        )
    }
}
