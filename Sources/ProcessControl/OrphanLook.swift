internal import Glibc

/// One look at all processes of the machine, and whose the orphans among them are that this process has inherited.
package struct OrphanLook {
    /// The living processes.
    package let processes: [ProcStat]
    /// The living children of this process that it has not started, and what their environments say.
    package let orphans: [(process: ProcStat, finding: ChildMarker.Finding)]

    /// Looks at given processes.
    ///
    /// - Parameters:
    ///   - processes: all processes of the machine.
    ///   - reaper: the process that inherits orphans.
    ///   - started: whether the reaper has started a child itself.
    ///   - find: looks into the environment of a process.
    package init(
        processes: [ProcStat],
        reaper: Int32,
        started: (Int32) -> Bool,
        find: (Int32) -> ChildMarker.Finding
    ) {
        self.processes = processes.filter { !$0.isDead }
        orphans = self.processes.filter { $0.parent == reaper && !started($0.pid) }
            .map { (process: $0, finding: find($0.pid)) }
    }

    /// Looks at the machine.
    ///
    /// - Parameter started: whether this process has started a child itself.
    /// - Returns: what was seen.
    /// - Throws: `statisticsUnavailable` if /proc cannot be read.
    static func now(started: (Int32) -> Bool) throws(ProcessControlError) -> OrphanLook {
        OrphanLook(
            processes: try ProcessTable.processes { !$0.isDead },
            reaper: getpid(),
            started: started,
            find: ChildMarker.find(in:)
        )
    }

    /// The processes that some processes have started, directly or not, without them.
    package func descendants(of ancestors: Set<Int32>) -> [ProcStat] {
        let children = Dictionary(grouping: processes, by: \.parent)
        var found: [ProcStat] = []
        var seen = ancestors
        var next = Array(ancestors)
        while let pid = next.popLast() {
            for child in children[pid] ?? [] where seen.insert(child.pid).inserted {
                found.append(child)
                next.append(child.pid)
            }
        }
        return found
    }
}
