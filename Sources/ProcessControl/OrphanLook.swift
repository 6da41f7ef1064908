internal import Glibc

/// One look at all processes of the machine, and whose the orphans among them are.
package struct OrphanLook {
    /// The living processes.
    package let processes: [ProcStat]
    /// The living processes that may be orphans of a child, and what their environments say.
    package let orphans: [(process: ProcStat, finding: ChildMarker.Finding)]

    /// Looks at given processes.
    ///
    /// - Parameters:
    ///   - processes: all processes of the machine.
    ///   - reaper: the process that inherits orphans; nil if anybody may have inherited them.
    ///   - started: whether a process is known to be none.
    ///   - find: looks into the environment of a process.
    package init(
        processes: [ProcStat],
        reaper: Int32?,
        started: (Int32) -> Bool,
        find: (Int32) -> ChildMarker.Finding
    ) {
        self.processes = processes.filter { !$0.isDead }
        orphans = self.processes.filter { (reaper == nil || $0.parent == reaper) && !started($0.pid) }
            .map { (process: $0, finding: find($0.pid)) }
    }

    /// Looks at the machine.
    ///
    /// - Parameters:
    ///   - reaper: the process that inherits orphans; nil if anybody may have inherited them, which takes a look at the
    ///     environment of every process.
    ///   - started: whether a process is known to be none.
    /// - Returns: what was seen.
    /// - Throws: `statisticsUnavailable` if /proc cannot be read.
    static func now(reaper: Int32?, started: (Int32) -> Bool) throws(ProcessControlError) -> OrphanLook {
        OrphanLook(
            processes: try ProcessTable.processes { !$0.isDead },
            reaper: reaper,
            started: started,
            find: ChildMarker.find(in:)
        )
    }

    /// Looks for the orphans of a gateway that is gone: anybody may have inherited them.
    init(inheritedByAnybody processes: [ProcStat]) {
        // This process may have been started by such an orphan.
        self.init(processes: processes, reaper: nil, started: { $0 == getpid() }, find: ChildMarker.find(in:))
    }

    /// Those that bear a marker, and all that descend from them.
    package func bearers(of marker: ChildMarker) -> [ProcStat] {
        let bearers = orphans.filter { $0.finding == .marker(marker) }.map(\.process)
        return bearers + descendants(of: Set(bearers.map(\.pid)))
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
