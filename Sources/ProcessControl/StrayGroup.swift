/// The processes that one record stands for: everything in the session that the child opened, and what bears its marker.
struct StrayGroup: Sendable {
    let record: ChildRecord
    /// The most processes that were seen at once.
    private(set) var seen = 0
    /// Who lived at the last look.
    private(set) var members: [ProcStat] = []

    init(record: ChildRecord) {
        self.record = record
    }

    /// Takes over who is left.
    ///
    /// The kernel gives a session's number to no new process while the session has members, so a member that is as old
    /// as the child or younger belongs to it, unless the number is now another process's.
    ///
    /// - Parameters:
    ///   - processes: all processes of the machine.
    ///   - look: whose of them are orphans; nil where there are no markers.
    mutating func update(from processes: [ProcStat], _ look: OrphanLook?) {
        let bearers = record.marker.flatMap { look?.bearers(of: $0) } ?? []
        let session = isPidReused(in: processes) ? [] : processes.filter(isInSession)
        let known = Set(session.map(\.pid))
        members = session + bearers.filter { !known.contains($0.pid) }
        seen = max(seen, members.count)
    }

    private func isInSession(_ process: ProcStat) -> Bool {
        process.session == record.stat.session && process.startTicks >= record.stat.startTicks && !process.isDead
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
