internal import Glibc

extension ReactorLoop {
    /// How long to wait between looks at all processes of the machine: the death of an orphan is told by SIGCHLD.
    private static let longestLookDelay = Duration.milliseconds(200)
    /// How many looks are taken until all escapees are found suspended; then they are killed as they are.
    private static let freezeLimit = 16

    /// The group of a child is empty: those that have left it are looked for next.
    func beginSweep(of child: ReactorChild, now: ContinuousClock.Instant) {
        switch child.containment {
        case .none, .cgroup: child.drain = DrainSchedule()
        case .marker: child.drain = DrainSchedule(longestDelay: Self.longestLookDelay)
        }
        setDeadline(now, of: child)
    }

    /// Looks for those that have left the groups of children which are due; one look serves all of them.
    func sweepEscapees() {
        if timed.isEmpty {
            return
        }
        let now = ContinuousClock.now
        let due = timed.compactMap { children[$0] }.filter { child in
            child.lifecycle.phase == .sweeping && child.deadline.map { $0 <= now } == true
        }
        let isLooking = due.contains { $0.containment.marker != nil } && (mayHaveOrphans || hasForeignOrphans)
        var look = isLooking ? takeLook() : nil
        for child in due {
            switch child.containment {
            case .none:
                settle(child, areGone: true, now: now)
            case .cgroup(let cgroup, let asked):
                sweep(child, in: cgroup, asked: asked, now: now)
            case .marker(let tracker):
                sweep(child, with: tracker, look: &look, now: now)
            }
        }
    }

    /// Notes whom children that are about to be stopped have started: while their parents live, no environment is needed for
    /// that.
    func noteDescendants(of keys: some Sequence<UInt64>) {
        var look: OrphanLook?
        for key in keys {
            guard
                let child = children[key], child.lifecycle.phase == .running,
                case .marker(var tracker) = child.containment,
                ChildList.pids(of: child.process.pid)?.isEmpty != true
            else {
                continue
            }
            look = look ?? takeLook()
            if let look {
                tracker.note(descendantsOf: child.process.pid, in: look)
                child.containment = .marker(tracker)
            }
        }
    }

    private func sweep(_ child: ReactorChild, in cgroup: ChildCgroup, asked: Set<Int32>, now: ContinuousClock.Instant) {
        switch settle(child, areGone: !cgroup.isPopulated, now: now) {
        case .end:
            break
        case .kill:
            cgroup.kill()
        case .terminate:
            let unasked = cgroup.processes.subtracting(asked)
            cgroup.send(.terminate, to: unasked)
            cgroup.send(.continue, to: unasked)
            child.containment = .cgroup(cgroup, asked: asked.union(unasked))
        }
    }

    private func sweep(
        _ child: ReactorChild,
        with tracker: EscapeeTracker,
        look: inout OrphanLook?,
        now: ContinuousClock.Instant
    ) {
        var tracker = tracker
        defer { child.containment = .marker(tracker) }
        // Without a look there are no orphans, or /proc cannot be read and nothing could be found.
        switch look.map({ tracker.find(in: $0) }) ?? .none {
        case .none:
            settle(child, areGone: true, now: now)
        case .undecided:
            setDeadline(now.advanced(by: child.drain.next()), of: child)
        case .escapees(let escapees):
            switch settle(child, areGone: false, now: now) {
            case .end:
                break
            case .kill:
                killAll(escapees, of: &tracker)
                look = takeLook()
            case .terminate:
                for escapee in tracker.takeUnasked(escapees) {
                    escapee.send(.terminate)
                    escapee.send(.continue)
                }
            }
        }
    }

    @discardableResult
    private func settle(
        _ child: ReactorChild,
        areGone: Bool,
        now: ContinuousClock.Instant
    ) -> ChildLifecycle.SweepAction {
        let action = child.lifecycle.escapeesChecked(areGone: areGone)
        switch action {
        case .end: end(child, now: now)
        case .kill, .terminate: setDeadline(now.advanced(by: child.drain.next()), of: child)
        }
        return action
    }

    /// Kills escapees and what they start meanwhile: first all of them are suspended, so that none starts a successor whose
    /// parents are gone before anybody has seen it.
    private func killAll(_ found: [ProcStat], of tracker: inout EscapeeTracker) {
        var escapees: [ProcessIdentity: ProcStat] = [:]
        var present = found
        for _ in 0..<Self.freezeLimit {
            let fresh = present.filter { escapees[$0.identity] == nil }
            // A fork that was under way when the signal came is over when its process is suspended.
            if fresh.isEmpty, present.allSatisfy(\.isStopped) {
                break
            }
            for escapee in fresh {
                escapee.send(.stop)
                escapees[escapee.identity] = escapee
            }
            guard let look = takeLook(), case .escapees(let left) = tracker.find(in: look) else {
                break
            }
            present = left
        }
        for escapee in escapees.values {
            escapee.send(.kill)
        }
    }

    /// Whether this process has children that it has not started; costs no look at the others where the kernel lists them.
    private var mayHaveOrphans: Bool {
        guard let children = ChildList.pids(of: getpid()) else {
            return true
        }
        return !children.allSatisfy { keysByPid[$0] != nil }
    }

    /// Whether orphans are looked for that another process has inherited: those of a child that was adopted.
    private var hasForeignOrphans: Bool {
        timed.contains { key in
            children[key].map {
                $0.lifecycle.phase == .sweeping && $0.adoptedGroup != nil && $0.containment.marker != nil
            } == true
        }
    }

    private func takeLook() -> OrphanLook? {
        // Without /proc nobody can be found, and a child's end must be reported all the same.
        try? OrphanLook.now(reaper: hasForeignOrphans ? nil : getpid()) { keysByPid[$0] != nil }
    }
}
