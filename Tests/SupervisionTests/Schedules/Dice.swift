import Supervision

/// The choices of one random schedule: the same seed makes the same ones.
struct Dice {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// A number from zero up to a bound.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: generator.next() >> 33) % max(1, bound)
    }

    mutating func chance(percent: Int) -> Bool {
        below(100) < percent
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration {
        .milliseconds(range.lowerBound + below(range.upperBound - range.lowerBound + 1))
    }
}
