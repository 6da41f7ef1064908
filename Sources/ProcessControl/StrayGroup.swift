/// The processes that one record stands for: everything in the session that the child opened.
struct StrayGroup: Sendable {
    let record: ChildRecord
    /// The most processes that were seen at once.
    private(set) var seen = 0
    /// Who lived at the last look.
    private(set) var members: [ProcStat] = []

    init(record: ChildRecord) {
        self.record = record
    }

    /// Takes over who is left from a look at the machine's processes.
    ///
    /// The kernel gives a session's number to no new process while the session has members, so a member that is as old
    /// as the child or younger belongs to it, unless the number is now another process's.
    mutating func update(from processes: [ProcStat]) {
        if holder(in: processes).map({ $0.startTicks != record.stat.startTicks }) == true {
            members = []
            return
        }
        members = processes.filter { process in
            process.session == record.stat.session && process.startTicks >= record.stat.startTicks && !process.isDead
        }
        seen = max(seen, members.count)
    }

    /// Whether the pid belongs to another process by now.
    func isPidReused(in processes: [ProcStat]) -> Bool {
        holder(in: processes).map { $0.startTicks != record.stat.startTicks } ?? false
    }

    /// Sends a signal to every member that is still the process that was seen.
    func signal(_ signal: ProcessSignal) {
        for member in members {
            member.send(signal)
        }
    }

    private func holder(in processes: [ProcStat]) -> ProcStat? {
        processes.first { $0.pid == record.stat.pid }
    }
}
