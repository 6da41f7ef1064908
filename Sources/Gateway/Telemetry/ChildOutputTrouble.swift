import Supervision

/// Decides what to say of files that cannot be written: once when it begins, seldom while it lasts, once when it is over.
///
/// Bounded by the children that have ever written in vain.
struct ChildOutputTrouble {
    /// What to say.
    enum News: Equatable {
        /// Writing fails, for the first time or still; with how many failures were not told of.
        case failing(repeated: Int)
        /// All that failed works again; with how many lines were lost.
        case over(lostLines: Int)
    }

    /// The time between two lines about a trouble that lasts.
    static let interval = Duration.seconds(600)

    private var failing: Set<HierarchyPath> = []
    private var toldAt: ContinuousClock.Instant?
    private var repeated = 0
    private var lostLines = 0

    /// Takes note of lines that were lost; returns what to say, if anything.
    mutating func failed(_ path: HierarchyPath, lostLines lines: Int, at now: ContinuousClock.Instant) -> News? {
        failing.insert(path)
        lostLines += lines
        if let toldAt, toldAt.duration(to: now) < Self.interval {
            repeated += 1
            return nil
        }
        defer { repeated = 0 }
        toldAt = now
        return .failing(repeated: repeated)
    }

    /// Takes note of lines that were written; returns what to say, if anything.
    mutating func succeeded(_ path: HierarchyPath) -> News? {
        guard failing.remove(path) != nil, failing.isEmpty else { return nil }
        defer { self = ChildOutputTrouble() }
        return .over(lostLines: lostLines)
    }
}
