internal import Logging

/// Decides which of the warnings and errors that repeat become lines.
///
/// The first of its kind is written at once and opens a window; those that follow within it are held back and counted. When
/// the window ends, the latest of them is written with `repeated`: the line stands for itself and for so many more. So the
/// number of statements is that of the lines and the sum of their `repeated`. Other levels never fold: what they tell is
/// told once, and critical lines are never late.
///
/// Bounded: it knows `capacity` kinds, each with one statement. Where one more comes, the kind that was silent for longest
/// is forgotten, what it held back is written, and its next statement is a first one again.
struct FoldTable {
    /// How many kinds of statements are known at a time.
    static let capacity = 128

    private struct Entry {
        var endsAt: Duration
        var seenAt: Duration
        var held: UInt64 = 0
        /// The latest statement that was held back.
        var latest: LogRecord?
    }

    private let window: Duration
    private let capacity: Int
    private var entries: [LogIdentity: Entry] = [:]

    /// - Parameters:
    ///   - window: how long a kind of statement is held back after a line of it.
    ///   - capacity: how many kinds are known at a time.
    init(window: Duration, capacity: Int = FoldTable.capacity) {
        self.window = window
        self.capacity = capacity
    }

    /// When the next window ends that holds something back; nil while nothing is held.
    var nextEnd: Duration? { entries.values.filter { $0.held > 0 }.map(\.endsAt).min() }

    /// Takes a statement.
    ///
    /// - Parameters:
    ///   - record: the statement.
    ///   - now: the time since some fixed moment.
    /// - Returns: what is to be written now, in order; nothing where the statement was held back.
    mutating func take(_ record: LogRecord, at now: Duration) -> [LogRecord] {
        guard record.level == .warning || record.level == .error else { return [record] }
        let identity = LogIdentity(record)
        if var entry = entries[identity] {
            if now < entry.endsAt {
                entry.held += 1
                entry.seenAt = now
                entry.latest = record
                entries[identity] = entry
                return []
            }
            entries[identity] = Entry(endsAt: now + window, seenAt: now)
            return [record.standing(for: entry.held)]
        }
        let evicted = makeRoom(at: record.time)
        entries[identity] = Entry(endsAt: now + window, seenAt: now)
        return evicted + [record]
    }

    /// Ends the windows whose time is over, and begins new ones for what still repeats.
    ///
    /// - Parameters:
    ///   - now: the time since the same moment.
    ///   - time: the `ts` of the lines.
    /// - Returns: what is to be written now, in order.
    mutating func expire(at now: Duration, time: WallTime) -> [LogRecord] {
        var ended: [(endsAt: Duration, record: LogRecord)] = []
        for (identity, entry) in entries where entry.endsAt <= now {
            entries[identity] = entry.latest == nil ? nil : Entry(endsAt: now + window, seenAt: entry.seenAt)
            if let record = Self.summary(of: entry, at: time) { ended.append((entry.endsAt, record)) }
        }
        return ended.sorted { $0.endsAt < $1.endsAt }.map(\.record)
    }

    /// Ends all windows at once.
    mutating func finish(at time: WallTime) -> [LogRecord] {
        defer { entries = [:] }
        return entries.values.sorted { $0.endsAt < $1.endsAt }.compactMap { Self.summary(of: $0, at: time) }
    }

    private mutating func makeRoom(at time: WallTime) -> [LogRecord] {
        guard entries.count >= capacity, let oldest = entries.min(by: { $0.value.seenAt < $1.value.seenAt }) else {
            return []
        }
        entries[oldest.key] = nil
        return Self.summary(of: oldest.value, at: time).map { [$0] } ?? []
    }

    private static func summary(of entry: Entry, at time: WallTime) -> LogRecord? {
        entry.latest?.standing(for: entry.held - 1, at: time)
    }
}
