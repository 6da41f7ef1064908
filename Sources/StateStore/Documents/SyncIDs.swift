import Supervision

/// Hands out sync ids, never one twice.
///
/// Observed documents get their ids in memory long before the disk sees them, so the file does not say which ids are
/// used up. Instead it keeps, per prefix, the highest id that may have been handed out: ids are reserved in blocks, a
/// reservation rides along with a transaction that is written anyway, and whoever opens the file after a crash goes on
/// behind the whole block. A file that is lost takes its reservation with it, therefore a store also never begins below
/// the wall clock's milliseconds since 1970: no gateway makes a thousand changes a second for long, so that number is
/// ahead of all ids that the lost file can have seen, as long as the clock is roughly right.
struct SyncIDs: Equatable {
    /// How many ids one reservation covers: at 100 changes a second one for every 11 minutes.
    static let block: Int64 = 1 << 16
    /// A bound on what a wrong clock can do: it leaves half of the exact integers of JSON's doubles unused.
    private static let clockLimit: Int64 = 1 << 52

    /// The id that was handed out last.
    private(set) var last: Int64 = 0
    /// The highest id that the file knows to be reserved.
    private(set) var reservedThrough: Int64 = 0

    /// What the file should reserve when it is written to next, or nil where enough is left.
    var reservationDue: Int64? {
        reservedThrough - last < Self.block / 2 ? last + Self.block : nil
    }

    /// Whether a number of ids can be handed out without asking the file.
    func covers(_ count: Int) -> Bool {
        reservedThrough - last >= Int64(count)
    }

    /// Hands out an id.
    mutating func next() -> Int64 {
        last += 1
        return last
    }

    /// Goes on behind everything that may have been handed out before.
    ///
    /// - Parameters:
    ///   - used: the highest id that the file reserves or holds; 0 for none.
    ///   - wallClock: the time since 1970.
    mutating func resume(after used: Int64, wallClock: Duration) {
        let (seconds, attoseconds) = wallClock.components
        let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
        let floor = milliseconds.overflow ? 0 : milliseconds.partialValue + attoseconds / 1_000_000_000_000_000
        last = max(last, used, min(floor, Self.clockLimit))
        reservedThrough = min(reservedThrough, last)
    }

    /// Takes note of a reservation that is on disk.
    mutating func reserved(through id: Int64) {
        reservedThrough = max(reservedThrough, id)
    }
}
