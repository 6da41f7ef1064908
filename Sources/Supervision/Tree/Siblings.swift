/// The children of one supervisor in their order, and what their parent's machine may know of them.
struct Siblings {
    /// How a child stands, as far as its siblings and its parent are concerned.
    struct Standing: Equatable {
        var state = ""
        var isWanted = false
        var isReady = false
        var isAtRest = true
        /// Whether the child is in trouble or brings no observations.
        var isAiling = false
        var hasEscalated = false
    }

    let slots: [ChildSlot]
    let dependencies: DependencyOrder
    let positions: [String: Int]
    /// Changes whenever a child's standing does.
    private(set) var revision: Int
    /// A summary that is kept up to date child by child: a tree of thousands must not be summed up for each change.
    private(set) var states: ChildStates
    /// How many children are ailing.
    private(set) var ailing = 0
    /// How many children have a circuit that has escalated.
    private(set) var escalated = 0
    private var standings: [Standing]

    /// Puts children in order.
    init(_ slots: [ChildSlot], revision: Int) throws(SupervisionError) {
        var positions: [String: Int] = [:]
        for (position, slot) in slots.enumerated() {
            guard positions.updateValue(position, forKey: slot.spec.name) == nil else {
                throw SupervisionError(
                    .duplicateChild,
                    "two children are named \(slot.spec.name); give each of them a name of its own"
                )
            }
        }
        // What a child that is being removed depended on may be gone already.
        dependencies = try DependencyOrder(
            slots.map { ($0.spec.name, $0.retirement == .remove ? [] : $0.spec.dependsOn) })
        self.slots = slots
        self.positions = positions
        self.revision = revision
        states = ChildStates(positions: positions)
        standings = [Standing](repeating: Standing(), count: slots.count)
        for position in slots.indices { refresh(position) }
    }

    /// Takes note of how a child stands now.
    ///
    /// - Returns: whether that is news.
    @discardableResult
    mutating func refresh(_ position: Int) -> Bool {
        let old = standings[position]
        let new = slots[position].standing
        guard new != old else { return false }
        standings[position] = new
        states.setState(new.state, at: position)
        states.wanted += (new.isWanted ? 1 : 0) - (old.isWanted ? 1 : 0)
        states.ready += (new.isWanted && new.isReady ? 1 : 0) - (old.isWanted && old.isReady ? 1 : 0)
        states.restless += (new.isAtRest ? 0 : 1) - (old.isAtRest ? 0 : 1)
        ailing += (new.isAiling ? 1 : 0) - (old.isAiling ? 1 : 0)
        escalated += (new.hasEscalated ? 1 : 0) - (old.hasEscalated ? 1 : 0)
        revision += 1
        return true
    }
}
