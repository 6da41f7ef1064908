/// A process for ever: its pid may be given to another one, but not with the same start time within one boot.
struct ProcessIdentity: Hashable, Sendable {
    let pid: Int32
    /// Clock ticks since boot.
    let startTicks: UInt64
}

extension ProcStat {
    /// Who it is.
    var identity: ProcessIdentity { ProcessIdentity(pid: pid, startTicks: startTicks) }
}
