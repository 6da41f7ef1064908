/// Knows which of the machine's processes are one child's that have left its group, where the child has no cgroup.
///
/// An orphan is the child's if its environment bears the child's marker or if it was seen among the child's descendants when
/// the child was asked to stop. All descendants of such an orphan are the child's, too. What has cleared its environment and
/// lost its parents before that is nobody's: the sweep at the end of the gateway ends it.
package struct EscapeeTracker: Sendable {
    package let marker: ChildMarker
    /// Those who were ever found, or seen before they could be told from the group.
    private var noted: Set<ProcessIdentity> = []
    private var asked: Set<ProcessIdentity> = []
    private var hasLooked = false

    package init(marker: ChildMarker) {
        self.marker = marker
    }

    /// Notes everything that descends from the living leader.
    package mutating func note(descendantsOf leader: Int32, in look: OrphanLook) {
        noted.formUnion(look.descendants(of: [leader]).map(\.identity))
    }

    /// What a look at the processes has shown.
    package enum Finding: Equatable, Sendable {
        /// None is left.
        case none
        /// An orphan has no environment yet, which may turn out to be the child's marker in a moment.
        case undecided
        /// These are left.
        case escapees([ProcStat])
    }

    /// Finds who is left of the child, to be used once its group is empty.
    package mutating func find(in look: OrphanLook) -> Finding {
        defer { hasLooked = true }
        let roots = look.orphans.filter { $0.finding == .marker(marker) }.map(\.process)
        let known = look.processes.filter { noted.contains($0.identity) }
        let ancestors = Set((roots + known).map(\.pid))
        if ancestors.isEmpty {
            return !hasLooked && look.orphans.contains { $0.finding == .empty } ? .undecided : .none
        }
        let escapees = look.processes.filter { ancestors.contains($0.pid) } + look.descendants(of: ancestors)
        noted.formUnion(escapees.map(\.identity))
        return .escapees(escapees)
    }

    /// Those of some processes that were not returned before: each is asked to end once.
    package mutating func takeUnasked(_ escapees: [ProcStat]) -> [ProcStat] {
        escapees.filter { asked.insert($0.identity).inserted }
    }
}
