internal import Glibc
internal import SystemPackage

/// All processes of the machine, as /proc lists them.
enum ProcessTable {
    /// The state of every process that satisfies a condition.
    ///
    /// Processes that come or go meanwhile may be missing, and those that this user may not see are.
    ///
    /// - Throws: `statisticsUnavailable` if /proc cannot be read.
    static func processes(where condition: (ProcStat) -> Bool) throws(ProcessControlError) -> [ProcStat] {
        guard let stream = opendir("/proc") else {
            throw ProcessControlError(
                .statisticsUnavailable,
                "cannot list /proc",
                remedy: "mount /proc",
                errno: .latest
            )
        }
        defer { closedir(stream) }
        var found: [ProcStat] = []
        while let entry = readdir(stream) {
            // What cannot be read was not started by this user.
            guard let pid = pid(of: entry), let stat = try? ProcStat.read(pid: pid), condition(stat) else {
                continue
            }
            found.append(stat)
        }
        return found
    }

    /// Whether any living process belongs to a group.
    static func hasLivingMember(group: Int32) throws(ProcessControlError) -> Bool {
        try !processes { $0.group == group && !$0.isDead }.isEmpty
    }

    private static func pid(of entry: UnsafeMutablePointer<dirent>) -> Int32? {
        withUnsafeBytes(of: &entry.pointee.d_name) { name in
            var pid: Int32 = 0
            for byte in name.prefix(while: { $0 != 0 }) {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
                    return nil
                }
                pid = pid &* 10 &+ Int32(byte - UInt8(ascii: "0"))
            }
            return pid
        }
    }
}
