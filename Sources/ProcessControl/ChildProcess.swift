/// A started child: a value that names it for ever, alive or not.
public struct ChildProcess: Hashable, Sendable {
    /// The process id, which is also its session and its group.
    public let pid: Int32
    /// The start time in clock ticks since boot (proc(5), field 22 of stat): with the pid, an identity within one boot.
    public let startTicks: UInt64
    /// When its program was started.
    public let startedAt: ContinuousClock.Instant
    /// The reactor's own key.
    let key: UInt64
    /// The cgroup that it and its descendants are in, if it has one.
    let cgroup: ChildCgroup?
}
