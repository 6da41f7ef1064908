internal import Glibc

/// The machine, and how busy it was with other things.
struct Machine: Codable {
    let cores: Int
    let kernel: String
    let loadBefore: String
    let loadAfter: String

    /// Describes this machine after the measurements.
    ///
    /// - Parameter loadBefore: `load()` from before them.
    init(loadBefore: String) {
        cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        kernel = (TextFile.read("/proc/sys/kernel/osrelease") ?? "").filter { !$0.isNewline }
        self.loadBefore = loadBefore
        loadAfter = Self.load()
    }

    /// One line for a person.
    var summary: String { "load of the machine (\(cores) cores): \(loadBefore) before, \(loadAfter) after" }

    /// The load averages over 1, 5 and 15 minutes.
    static func load() -> String {
        (TextFile.read("/proc/loadavg") ?? "").split(separator: " ").prefix(3).joined(separator: " ")
    }
}
