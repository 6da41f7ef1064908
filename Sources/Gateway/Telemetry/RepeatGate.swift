import Supervision

/// Lets at most one line per worker and interval through, and counts those that it held back.
///
/// Bounded by the tree: a worker that has gone is forgotten.
struct RepeatGate {
    private struct Entry {
        let passedAt: Moment
        var held = 0
    }

    private let interval: Duration
    private var entries: [HierarchyPath: Entry] = [:]

    init(interval: Duration = .seconds(1)) {
        self.interval = interval
    }

    /// Decides on a line about a worker.
    ///
    /// - Returns: how many lines were held back since the last one that was let through, or nil for a line that is held
    ///   back itself.
    mutating func admit(_ path: HierarchyPath, at now: Moment) -> Int? {
        if var entry = entries[path], entry.passedAt.duration(to: now) < interval {
            entry.held += 1
            entries[path] = entry
            return nil
        }
        let held = entries[path]?.held ?? 0
        entries[path] = Entry(passedAt: now)
        return held
    }

    mutating func forget(_ path: HierarchyPath) {
        entries[path] = nil
    }
}
