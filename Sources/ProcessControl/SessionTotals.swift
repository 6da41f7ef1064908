internal import SystemPackage

/// What the processes of each session of the machine use together, from one pass over /proc.
///
/// Made once per scrape, it spares looking for the descendants of every single child.
public struct SessionTotals: Sendable {
    /// The sums of one session.
    struct Total: Equatable, Sendable {
        fileprivate(set) var ticks: UInt64 = 0
        fileprivate(set) var residentBytes: UInt64 = 0

        /// The processor time of its processes and of those that these have waited for.
        var cpuTime: Duration { ProcessStatistics.duration(ticks: ticks) }
    }

    private var totals: [Int32: Total] = [:]

    /// Reads all processes that this user may see; takes about ten microseconds each on the calling thread.
    ///
    /// - Throws: `statisticsUnavailable` if /proc cannot be read.
    public init() throws(ProcessControlError) {
        self.init(processes: try ProcessTable.processes { _ in true })
    }

    /// Sums up processes, dead ones that nobody has waited for included.
    init(processes: [ProcStat]) {
        for process in processes {
            totals[process.session, default: Total()].ticks +=
                process.userTicks + process.systemTicks + process.reapedTicks
            totals[process.session, default: Total()].residentBytes += process.residentBytes
        }
    }

    /// The sums of a session; nil if it has no processes.
    subscript(session: Int32) -> Total? { totals[session] }
}
