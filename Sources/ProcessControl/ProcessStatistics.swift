internal import CProcessControl
internal import Glibc
internal import SystemPackage

/// What a process uses at one moment, from /proc.
public struct ProcessStatistics: Equatable, Sendable {
    /// The processor time used so far, in programs and in the kernel.
    public let cpuTime: Duration
    /// The resident memory in bytes.
    public let residentBytes: UInt64
    /// The virtual memory in bytes.
    public let virtualBytes: UInt64
    /// The number of threads.
    public let threads: Int
    /// The start time in clock ticks since boot: with the pid, an identity within one boot.
    public let startTicks: UInt64
    /// The time from boot to the process's start.
    public let startedAfterBoot: Duration
    /// The number of open descriptors; nil where this user may not see them.
    public let openDescriptors: Int?
    /// The soft limit of open descriptors; nil where this user may not see it.
    public let descriptorLimit: Int?
    /// The limit of the virtual memory in bytes; nil where there is none.
    public let virtualLimit: Int?
    /// The limit of the memory in bytes: of the cgroup, else of the data segment; nil where there is none.
    public let memoryLimit: Int?

    /// Reads the statistics of a process; takes some tens of microseconds on the calling thread.
    ///
    /// - Parameter pid: the process.
    /// - Returns: its statistics.
    /// - Throws: `processGone` if there is no such process, `statisticsUnavailable` if /proc cannot be read.
    public static func read(pid: Int32) throws(ProcessControlError) -> ProcessStatistics {
        guard let stat = try ProcStat.read(pid: pid) else {
            throw gone(pid)
        }
        return ProcessStatistics(stat: stat, pid: pid)
    }

    /// Reads the statistics of a child with all that it has started: of its cgroup where it has one, else of its session.
    ///
    /// Threads, virtual memory and descriptors are those of the child alone. Takes some tens of microseconds on the calling
    /// thread. What was used by processes that have ended counts if the child has a cgroup, or if their parents are in its
    /// session and have waited for them.
    ///
    /// - Parameters:
    ///   - child: the child.
    ///   - sessions: the sums of all sessions, read once for many children; nil counts a child without a cgroup alone.
    /// - Returns: its statistics.
    /// - Throws: `processGone` if it has ended, `statisticsUnavailable` if /proc cannot be read.
    public static func read(
        _ child: ChildProcess,
        sessions: SessionTotals? = nil
    ) throws(ProcessControlError) -> ProcessStatistics {
        guard let stat = try ProcStat.read(pid: child.pid), stat.startTicks == child.startTicks, !stat.isDead else {
            throw gone(child.pid)
        }
        let usage = child.cgroup?.usage
        let session = sessions?[child.pid]
        return ProcessStatistics(
            stat: stat,
            cpuTime: usage.map { $0.userTime + $0.systemTime } ?? session?.cpuTime,
            residentBytes: child.cgroup?.memoryBytes ?? session?.residentBytes,
            memoryLimit: child.cgroup?.memoryLimit,
            pid: child.pid
        )
    }

    /// Reads the statistics of this process.
    ///
    /// - Returns: its statistics.
    /// - Throws: `statisticsUnavailable` if /proc cannot be read.
    public static func readOwn() throws(ProcessControlError) -> ProcessStatistics {
        try read(pid: getpid())
    }

    private init(
        stat: ProcStat,
        cpuTime: Duration? = nil,
        residentBytes: UInt64? = nil,
        memoryLimit: Int? = nil,
        pid: Int32
    ) {
        self.cpuTime = cpuTime ?? Self.duration(ticks: stat.userTicks + stat.systemTicks)
        self.residentBytes = residentBytes ?? stat.residentBytes
        virtualBytes = stat.virtualBytes
        threads = stat.threads
        startTicks = stat.startTicks
        startedAfterBoot = Self.duration(ticks: stat.startTicks)
        openDescriptors = Self.countDescriptors(pid: pid)
        descriptorLimit = Self.limit(RLIMIT_NOFILE, pid: pid)
        virtualLimit = Self.limit(RLIMIT_AS, pid: pid)
        self.memoryLimit = memoryLimit ?? Self.limit(RLIMIT_DATA, pid: pid)
    }

    private static func gone(_ pid: Int32) -> ProcessControlError {
        ProcessControlError(.processGone, "process \(pid) does not exist", remedy: "ask for a living process")
    }

    /// The duration of clock ticks.
    static func duration(ticks: UInt64) -> Duration {
        .microseconds(Int64(ticks) * 1_000_000 / Int64(sysconf(Int32(_SC_CLK_TCK))))
    }

    private static func countDescriptors(pid: Int32) -> Int? {
        let directory = "/proc/\(pid)/fd"
        var status = stat()
        // Since Linux 6.2 the directory's size is the number of its entries; before, it is zero.
        if stat(directory, &status) == 0, status.st_size > 0 {
            return Int(status.st_size)
        }
        return nonNegative(pc_count_entries(directory))
    }

    /// A soft limit of a process; nil where it has none, or this user may not see it.
    private static func limit(_ resource: __rlimit_resource, pid: Int32) -> Int? {
        let limit = pc_soft_limit(pid, Int32(resource.rawValue))
        return limit == Int64.max ? nil : nonNegative(limit)
    }

    private static func nonNegative(_ count: Int64) -> Int? {
        count >= 0 ? Int(count) : nil
    }
}
