internal import CProcessControl
internal import Glibc
internal import SystemPackage

/// Ends what an earlier gateway has left behind when it was killed, or hands it over to be adopted.
///
/// To be used under the `InstanceLock`, before the first child is started.
public struct StrayCleaner: Sendable {
    private let directory: ChildRecordDirectory

    /// A cleaner of a record directory.
    ///
    /// - Parameter directory: where the earlier gateway has recorded its children.
    public init(directory: ChildRecordDirectory) {
        self.directory = directory
    }

    /// Ends every process that a record proves to be a stray: SIGTERM, then SIGKILL, all at the same time.
    ///
    /// A process is only touched if the record is of this boot, and pid and start time, or session and start time, agree, or
    /// if it bears the recorded marker or descends from one that does.
    /// Records are removed; that of a process that survives SIGKILL stays. Works on a thread of its own.
    ///
    /// - Parameter grace: how long the processes may take to end by themselves.
    /// - Returns: what was done, per record.
    /// - Throws: `runDirectoryUnusable`, `statisticsUnavailable` or `reactorUnavailable`.
    public func cleanUp(grace: Duration) async throws(ProcessControlError) -> [CleanedStray] {
        try await cleanUp(grace: grace, adopting: { _ in false }).cleaned
    }

    /// Leaves alone what is to be adopted, and ends the rest as `cleanUp(grace:)` does.
    ///
    /// Offered is what was started to be adopted, belongs to this boot, has the recorded pid and start time, and runs the
    /// recorded executable, even if its file was replaced meanwhile. Of several of the same path, only the youngest is.
    ///
    /// - Parameters:
    ///   - grace: how long the processes may take to end by themselves.
    ///   - isWanted: asked for each child that may be adopted, on the thread of the cleaner; it is left as it is, with its
    ///     record, if the answer is true.
    /// - Returns: what was done per record, and what was left to be adopted.
    /// - Throws: `runDirectoryUnusable`, `statisticsUnavailable` or `reactorUnavailable`.
    public func cleanUp(
        grace: Duration,
        adopting isWanted: @escaping @Sendable (AdoptableChild) -> Bool
    ) async throws(ProcessControlError) -> StrayCleanup {
        try await DedicatedThread.run(name: "strays") { () throws(ProcessControlError) in
            try cleanUpHere(grace: grace, adopting: isWanted)
        }
    }

    /// Ends children that nobody has adopted, as `cleanUp(grace:)` ends strays.
    ///
    /// Not for children that a reactor has adopted: it ends those itself.
    ///
    /// - Parameters:
    ///   - children: what `cleanUp(grace:adopting:)` has left.
    ///   - grace: how long the processes may take to end by themselves.
    /// - Returns: what was done, in the order of `children`.
    /// - Throws: `statisticsUnavailable` or `reactorUnavailable`.
    public func end(_ children: [AdoptableChild], grace: Duration) async throws(ProcessControlError) -> [CleanedStray] {
        try await DedicatedThread.run(name: "strays") { () throws(ProcessControlError) in
            try endHere(children.map { Recorded(file: $0.file, record: $0.record) }, grace: grace)
        }
    }

    /// How long processes may take to vanish after SIGKILL.
    private static let killLimit = Duration.seconds(5)
    /// How long the record of a child that is just being started may stay incomplete.
    private static let recordLimit = Duration.seconds(1)

    /// A record of this boot and its file.
    private struct Recorded {
        let file: FilePath
        let record: ChildRecord
    }

    private func cleanUpHere(
        grace: Duration,
        adopting isWanted: (AdoptableChild) -> Bool
    ) throws(ProcessControlError) -> StrayCleanup {
        var cleaned: [CleanedStray] = []
        var present: [Recorded] = []
        for file in try directory.files() {
            switch read(file) {
            case .success(let record) where record.bootIdentifier == directory.bootIdentifier:
                present.append(Recorded(file: file, record: record))
            case .success(let record):
                cleaned.append(Self.report(record, .earlierBoot))
                directory.remove(file)
            case .failure(let problem):
                cleaned.append(problem.report)
                directory.remove(file)
            }
        }
        let adoptable = Self.youngest(present.compactMap { AdoptableChild(proving: $0.record, in: $0.file) })
            .filter(isWanted)
        let left = Set(adoptable.map(\.file))
        cleaned += try endHere(present.filter { !left.contains($0.file) }, grace: grace)
        return StrayCleanup(cleaned: cleaned, adoptable: adoptable)
    }

    /// At most one child of each path, so that nothing runs twice.
    private static func youngest(_ children: [AdoptableChild]) -> [AdoptableChild] {
        Dictionary(grouping: children, by: \.childPath).values.compactMap { $0.max { $0.startTicks < $1.startTicks } }
    }

    private func endHere(_ records: [Recorded], grace: Duration) throws(ProcessControlError) -> [CleanedStray] {
        let reports = try end(records.map { StrayGroup(record: $0.record) }, grace: grace)
        for (recorded, report) in zip(records, reports) {
            switch report.outcome {
            case .survived:
                break
            case .terminated, .killed, .alreadyGone, .pidReused, .earlierBoot, .neverStarted, .unreadable:
                directory.remove(recorded.file)
            }
        }
        return reports
    }

    private func end(_ strays: [StrayGroup], grace: Duration) throws(ProcessControlError) -> [CleanedStray] {
        if strays.isEmpty {
            return []
        }
        var groups = strays
        let processes = try ProcessTable.processes { _ in true }
        let reused = groups.map { $0.isPidReused(in: processes) }
        try settle(&groups, with: .terminate, repeatedly: false, within: grace)
        let survivedTerm = groups.map { !$0.members.isEmpty }
        try settle(&groups, with: .kill, repeatedly: true, within: Self.killLimit)
        return groups.indices.map { index in
            let group = groups[index]
            if !group.members.isEmpty {
                return Self.report(group.record, .survived(pids: group.members.map(\.pid)))
            }
            if survivedTerm[index] {
                return Self.report(group.record, .killed(processes: group.seen))
            }
            if group.seen > 0 {
                return Self.report(group.record, .terminated(processes: group.seen))
            }
            return Self.report(group.record, reused[index] ? .pidReused : .alreadyGone)
        }
    }

    /// Signals all members and waits until they are gone; SIGKILL goes to those that appear meanwhile, too.
    private func settle(
        _ groups: inout [StrayGroup],
        with signal: ProcessSignal,
        repeatedly: Bool,
        within limit: Duration
    ) throws(ProcessControlError) {
        // The time counts from the first signal, however long it took to find whom to send it to.
        var deadline: ContinuousClock.Instant?
        let hasMarkers = groups.contains { $0.record.marker != nil }
        while true {
            let processes = try ProcessTable.processes { _ in true }
            let look = hasMarkers ? OrphanLook(inheritedByAnybody: processes) : nil
            for index in groups.indices {
                groups[index].update(from: processes, look)
                if deadline == nil || repeatedly {
                    groups[index].signal(signal)
                }
            }
            let now = ContinuousClock.now
            let end = deadline ?? now.advanced(by: limit)
            deadline = end
            let members = groups.flatMap(\.members)
            if members.isEmpty || end <= now {
                return
            }
            ProcStat.waitForAny(members, within: now.duration(to: end))
        }
    }

    private func read(_ file: FilePath) -> Result<ChildRecord, UnusableRecord> {
        waitUntilComplete(file)
        do {
            return ChildRecord.parse(try SmallFile.read(file)).mapError { .defect($0, file) }
        } catch {
            return .failure(.unreadable(error, file))
        }
    }

    /// A child between vfork and execve outlives its gateway and holds the lock of its record until it is complete.
    ///
    /// A file lock cannot be waited for with a time limit, so it is tried every millisecond.
    private func waitUntilComplete(_ file: FilePath) {
        guard let descriptor = OwnedDescriptor(adopting: open(file.string, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) else {
            return
        }
        let deadline = ContinuousClock.now.advanced(by: Self.recordLimit)
        while pc_lock_file(descriptor.rawValue) < 0, ContinuousClock.now < deadline {
            pc_poll_any(nil, 0, 1)
        }
    }

    private static func report(_ record: ChildRecord, _ outcome: CleanedStray.Outcome) -> CleanedStray {
        CleanedStray(
            childPath: record.childPath,
            pid: record.stat.pid,
            executable: record.executable,
            outcome: outcome
        )
    }
}

/// A record that names no process.
private enum UnusableRecord: Error {
    case defect(ChildRecord.Defect, FilePath)
    case unreadable(Errno, FilePath)

    var report: CleanedStray {
        switch self {
        case .defect(.header, let file):
            report(.unreadable(reason: "\(file) is not a record of a child"))
        case .defect(.noIdentity(let childPath), _):
            CleanedStray(childPath: childPath, pid: nil, executable: nil, outcome: .neverStarted)
        case .unreadable(let errno, let file):
            report(.unreadable(reason: "\(file): \(errno)"))
        }
    }

    private func report(_ outcome: CleanedStray.Outcome) -> CleanedStray {
        CleanedStray(childPath: nil, pid: nil, executable: nil, outcome: outcome)
    }
}
