/// Decides what a child's events lead to; does nothing itself.
package struct ChildLifecycle: Equatable, Sendable {
    /// Where a child is in its life.
    package enum Phase: Equatable, Sendable {
        /// The leader of the group has not been reaped.
        case running
        /// The leader is gone, others of its group are not.
        case draining
        /// Nothing of the group is left, but of those perhaps that have left it.
        case sweeping
        /// Nothing is left.
        case ended
    }

    /// What to do when the leader has died.
    package enum DeathAction: Equatable, Sendable {
        /// End the rest of the group while the leader still holds its number, then reap the leader.
        case killGroupAndReap
        /// Reap the leader; the others may finish what they do.
        case reap
    }

    /// What to do about a group without its leader.
    package enum DrainAction: Equatable, Sendable {
        /// Nothing of it is left: look for those that have left it.
        case sweep
        /// Kill what is left, and look again later.
        case killAgain
        /// Look again later.
        case wait
    }

    /// What to do about processes that have left the group, once the group is empty.
    package enum SweepAction: Equatable, Sendable {
        /// None is left: report the end.
        case end
        /// Ask each once to end, and look again later.
        case terminate
        /// Kill them, and look again later.
        case kill
    }

    package private(set) var phase = Phase.running
    package private(set) var stopRequested = false
    private var isKilling = false

    /// A child that has just been started.
    package init() {}

    /// A graceful stop was asked for.
    package mutating func terminationRequested() {
        stopRequested = true
    }

    /// The group is to be ended at once.
    package mutating func killRequested() {
        stopRequested = true
        isKilling = true
    }

    /// The leader is dead and not reaped.
    ///
    /// A crash must not leave half a child that its replacement would double.
    package mutating func leaderDied() -> DeathAction {
        phase = .draining
        if stopRequested, !isKilling {
            return .reap
        }
        isKilling = true
        return .killGroupAndReap
    }

    /// The group was looked at after its leader was reaped.
    package mutating func groupChecked(isEmpty: Bool) -> DrainAction {
        if isEmpty {
            phase = .sweeping
            return .sweep
        }
        return isKilling ? .killAgain : .wait
    }

    /// Those that have left the group were looked for.
    package mutating func escapeesChecked(areGone: Bool) -> SweepAction {
        if areGone {
            phase = .ended
            return .end
        }
        return isKilling ? .kill : .terminate
    }
}
