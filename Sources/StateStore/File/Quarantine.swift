import Glibc

/// Moves damaged files aside, so that a person can look at them and the gateway can go on with fresh ones.
///
/// A set is kept as `FILE.corrupt-TIME` with its companions `FILE.corrupt-TIME-wal` and so on, a name that SQLite's own
/// tools open together with its log. TIME is UTC, like `20261121T113000Z`, with `-2`, `-3` ... where it is taken.
struct Quarantine {
    /// How many sets are kept: enough to see a pattern, few enough that a failing disk does not fill itself.
    static let limit = 5

    private let paths: StorePaths

    init(_ paths: StorePaths) {
        self.paths = paths
    }

    /// Moves the files aside, and removes the oldest sets beyond the limit.
    ///
    /// - Parameter time: the wall clock's time since 1970.
    /// - Returns: the new path of the database file.
    /// - Throws: `unavailable` where the directory cannot be changed; the files are then in place still.
    func moveAside(at time: Duration) throws(StoreError) -> String {
        let names = try paths.names()
        let target = freeName(at: time, among: names)
        // The log goes first: a database without its log is merely older, a log beside a fresh database would be wrong.
        for suffix in StorePaths.companions + [""] where names.contains(paths.fileName + suffix) {
            let source = paths.file + suffix
            guard rename(source, paths.directory + "/" + target + suffix) == 0 else {
                throw StoreError.system("move aside", source, errno: errno)
            }
        }
        try paths.synchronizeDirectory()
        removeOldest(keeping: target, among: names)
        return paths.directory + "/" + target
    }

    /// The time as it stands in the names.
    static func text(of time: Duration) -> String {
        var seconds = time_t(time.components.seconds)
        var fields = tm()
        gmtime_r(&seconds, &fields)
        let numbers = [
            (fields.tm_year + 1900, 4), (fields.tm_mon + 1, 2), (fields.tm_mday, 2),
            (fields.tm_hour, 2), (fields.tm_min, 2), (fields.tm_sec, 2),
        ]
        let texts = numbers.map { number, width in
            let digits = String(number)
            return String(repeating: "0", count: max(width - digits.count, 0)) + digits
        }
        return texts[..<3].joined() + "T" + texts[3...].joined() + "Z"
    }

    private var prefix: String { paths.fileName + ".corrupt-" }

    private func freeName(at time: Duration, among names: [String]) -> String {
        let wanted = prefix + Self.text(of: time)
        let taken = Set(names.map(setName))
        var name = wanted
        var number = 2
        while taken.contains(name) {
            name = "\(wanted)-\(number)"
            number += 1
        }
        return name
    }

    private func setName(of name: String) -> String {
        StorePaths.companions.first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
    }

    private func removeOldest(keeping newest: String, among names: [String]) {
        let sets = Set(names.filter { $0.hasPrefix(prefix) }.map(setName)).sorted()
        for set in sets.prefix(max(sets.count + 1 - Self.limit, 0)) where set != newest {
            for suffix in StorePaths.companions + [""] {
                // One that stays is tried again at the next quarantine.
                unlink(paths.directory + "/" + set + suffix)
            }
        }
    }
}
