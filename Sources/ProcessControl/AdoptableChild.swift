internal import Glibc
internal import SystemPackage

/// A child of an earlier gateway that still runs, proven by its record, and that this gateway may take over.
///
/// It stays as it is until it is adopted (`ProcessReactor.adopt`) or ended (`StrayCleaner.end`).
public struct AdoptableChild: Equatable, Sendable {
    /// What the earlier gateway has recorded.
    let record: ChildRecord
    /// What it has recorded for this case.
    let terms: AdoptionTerms
    /// Where it is recorded.
    let file: FilePath
    /// When its program was started, within one clock tick (usually 10 ms).
    public let startedAt: ContinuousClock.Instant

    /// The name under which it is recorded.
    public var childPath: String { record.childPath }
    /// The process id, which is also its session and its group.
    public var pid: Int32 { record.stat.pid }
    /// The start time in clock ticks since boot: with the pid, an identity within one boot.
    public var startTicks: UInt64 { record.stat.startTicks }
    /// The program that it runs, as /proc/PID/exe names it.
    public var executable: String { terms.executable }
    /// What was started.
    public var specificationDigest: SpecificationDigest { terms.digest }

    /// The child of a record of this boot; nil unless pid, start time and executable prove that it runs.
    ///
    /// - Parameters:
    ///   - record: the record.
    ///   - file: where it was read from.
    init?(proving record: ChildRecord, in file: FilePath) {
        guard let terms = record.adoption else {
            return nil
        }
        self.record = record
        self.terms = terms
        self.file = file
        self.startedAt = Self.instant(ofTicks: record.stat.startTicks)
        guard isProven else {
            return nil
        }
    }

    /// Whether a specification would start just what runs here, and wants it adopted.
    ///
    /// - Parameter spec: what would be started.
    /// - Returns: whether the child can be adopted in its place.
    public func matches(_ spec: ProcessSpec) -> Bool {
        spec.onGatewayRestart == .adopt && spec.digest == specificationDigest
    }

    /// Whether the process that has the pid now is the recorded one, alive, and runs what is recorded.
    ///
    /// What cannot be read proves nothing. The start time is read last: a process that has the recorded one now has had
    /// the pid all the time.
    var isProven: Bool {
        let executable = RunningExecutable.path(pid: pid)
        guard let present = try? ProcStat.read(pid: pid) else {
            return false
        }
        return present.startTicks == startTicks && !present.isDead && executable == terms.executable
    }

    /// The continuous clock counts from the boot (CLOCK_BOOTTIME), as start times do.
    private static func instant(ofTicks ticks: UInt64) -> ContinuousClock.Instant {
        var sinceBoot = timespec()
        clock_gettime(CLOCK_BOOTTIME, &sinceBoot)
        let uptime = Duration.seconds(sinceBoot.tv_sec) + .nanoseconds(sinceBoot.tv_nsec)
        return ContinuousClock.now.advanced(by: ProcessStatistics.duration(ticks: ticks) - uptime)
    }
}
