internal import SystemPackage

extension CgroupRoot {
    /// How long processes may take to vanish after SIGKILL.
    private static let killLimit = Duration.seconds(5)
    /// The longest wait before the groups are looked at again, for processes that could not be watched.
    private static let longestWait = Duration.milliseconds(100)

    /// Ends what is left in the groups that an earlier gateway with the same run directory has made, and removes the groups:
    /// SIGTERM, then the groups' kill switch.
    ///
    /// Groups of others are not touched. To be used under the `InstanceLock`, after `StrayCleaner` and before the first child
    /// is started. Works on a thread of its own.
    ///
    /// - Parameters:
    ///   - grace: how long the processes may take to end by themselves.
    ///   - pids: processes that go on; their groups stay as they are.
    /// - Returns: what was done, per group.
    /// - Throws: `cgroupUnavailable` or `reactorUnavailable`.
    public func removeLeftovers(
        grace: Duration,
        keeping pids: Set<Int32> = []
    ) async throws(ProcessControlError) -> [CleanedCgroup] {
        try await DedicatedThread.run(name: "cgroups") { () throws(ProcessControlError) in
            try self.removeLeftoversHere(grace: grace, keeping: pids)
        }
    }

    private func removeLeftoversHere(
        grace: Duration,
        keeping pids: Set<Int32>
    ) throws(ProcessControlError) -> [CleanedCgroup] {
        let leftovers = try groups().map { (group: $0, processes: $0.processes) }
            .filter { $0.processes.isDisjoint(with: pids) }
        for (group, processes) in leftovers {
            group.send(.terminate, to: processes)
            group.send(.continue, to: processes)
        }
        Self.waitUntilEmpty(leftovers.map(\.group), within: grace) { _ in }
        Self.waitUntilEmpty(leftovers.map(\.group), within: Self.killLimit) { $0.kill() }
        return leftovers.map { group, processes in
            CleanedCgroup(path: group.path, processes: processes.count, isRemoved: group.remove())
        }
    }

    private static func waitUntilEmpty(
        _ groups: [ChildCgroup],
        within limit: Duration,
        beforeWaiting act: (ChildCgroup) -> Void
    ) {
        let deadline = ContinuousClock.now.advanced(by: limit)
        while true {
            let populated = groups.filter(\.isPopulated)
            let now = ContinuousClock.now
            if populated.isEmpty || now >= deadline {
                return
            }
            populated.forEach(act)
            // A process that cannot be read has ended.
            let processes = populated.flatMap(\.processes).compactMap { try? ProcStat.read(pid: $0) }
            ProcStat.waitForAny(processes, within: min(now.duration(to: deadline), longestWait))
        }
    }
}
