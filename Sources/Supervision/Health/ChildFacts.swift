/// What a consistency check may know of one child; valid during the evaluation only.
public struct ChildFacts {
    let slot: ChildSlot
    let supervisor: Supervisor
    let now: Moment

    /// The name of the child's state.
    public var state: String { supervisor.machine.condition.state }

    /// Whether others may rely on the child now.
    public var isReady: Bool { supervisor.isReady }

    /// What is wrong with the child that it cannot put right by itself.
    public var trouble: Trouble? { supervisor.machine.condition.trouble }

    /// How long ago this instance of the child was made.
    public var age: Duration { supervisor.createdAt.duration(to: now) }

    /// How old the last observation is, or the child where there is none yet.
    public var observationAge: Duration { supervisor.machine.observationAge(at: now) }

    /// How often in a row the child's collector was replaced because it brought nothing.
    public var collectorRestarts: Int { supervisor.collectorRestarts }

    /// The last observation, or nil where there is none or it is of another type.
    public func observed<Observed>(as type: Observed.Type) -> Observed? {
        supervisor.machine.observed(as: type)
    }

    /// Whether the child is on its way up and has time left for that.
    var isStartingUp: Bool {
        trouble == nil && age < slot.startupGrace && !supervisor.machine.condition.isAtRest
    }
}

/// All children of a supervisor, as its consistency checks see them; valid during the evaluation only.
public struct SiblingFacts {
    let slots: [ChildSlot]
    let positions: [String: Int]
    let now: Moment

    /// What is known of a child, or nil for one that is not declared, could not be made, or should not run.
    public subscript(name: String) -> ChildFacts? {
        guard let position = positions[name], slots[position].isReleased, slots[position].isSteady else { return nil }
        guard let supervisor = slots[position].supervisor, supervisor.target == .running else { return nil }
        return ChildFacts(slot: slots[position], supervisor: supervisor, now: now)
    }
}
