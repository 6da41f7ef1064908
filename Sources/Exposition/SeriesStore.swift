internal import Synchronization

/// The series of one family: found by labels in constant time, listed in order for a scrape.
///
/// A scrape merges what changed since the last one into an order it keeps, so it neither sorts everything again nor
/// holds the lock that registration needs while it works. Both locks are never waited for by an update of a series.
final class SeriesStore<Series: MetricSeries>: Sendable {
    private struct Registered {
        var live: [LabelSet: Series] = [:]
        /// Live series that the order does not contain yet.
        var added: [ObjectIdentifier: Series] = [:]
        /// Series in the order that are no longer live; the order keeps them alive, so their identity stays unique.
        var removed: Set<ObjectIdentifier> = []
    }

    private let registered = Mutex(Registered())
    private let order = Mutex<[Series]>([])

    /// The series with these labels, made by `make` when there is none yet.
    func series(_ labels: LabelSet, make: () -> Series) -> Series {
        registered.withLock { registered in
            if let existing = registered.live[labels] { return existing }
            let series = make()
            registered.live[labels] = series
            registered.added[ObjectIdentifier(series)] = series
            return series
        }
    }

    /// Forgets the series with these labels; with `identity`, only if it still is that one.
    func remove(_ labels: LabelSet, identity: Series? = nil) -> Bool {
        registered.withLock { registered in
            guard let series = registered.live[labels], identity == nil || identity === series else { return false }
            registered.live[labels] = nil
            let identity = ObjectIdentifier(series)
            if registered.added.removeValue(forKey: identity) == nil { registered.removed.insert(identity) }
            return true
        }
    }

    /// All live series, sorted by labels.
    func ordered() -> [Series] {
        order.withLock { order in
            let (added, removed) = registered.withLock { registered in
                defer {
                    registered.added = [:]
                    registered.removed = []
                }
                return (registered.added, registered.removed)
            }
            if !removed.isEmpty { order.removeAll { removed.contains(ObjectIdentifier($0)) } }
            if !added.isEmpty { order = Self.merge(order, added.values.sorted { $0.labels < $1.labels }) }
            return order
        }
    }

    private static func merge(_ left: [Series], _ right: [Series]) -> [Series] {
        guard !left.isEmpty else { return right }
        var merged: [Series] = []
        merged.reserveCapacity(left.count + right.count)
        var next = 0
        for series in left {
            while next < right.count, right[next].labels < series.labels {
                merged.append(right[next])
                next += 1
            }
            merged.append(series)
        }
        merged.append(contentsOf: right[next...])
        return merged
    }
}
