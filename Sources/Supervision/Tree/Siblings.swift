/// The children of one supervisor in their order, and what their parent's machine may know of them.
struct Siblings {
    private(set) var slots: [ChildSlot] = []
    private(set) var dependencies: DependencyOrder
    private(set) var positions: [String: Int] = [:]
    /// Changes whenever the children's states do.
    private(set) var revision = 0
    private var cachedStates: ChildStates?

    init() {
        dependencies = .none
    }

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
    }

    mutating func forgetStates() {
        cachedStates = nil
        revision += 1
    }

    /// Computes what the parent's machine may know, where something has changed.
    var states: ChildStates {
        mutating get {
            if let cachedStates { return cachedStates }
            var states: [String: String] = [:]
            var wanted = 0
            var ready = 0
            var areAllAtRest = true
            for slot in slots {
                states[slot.spec.name] = slot.supervisor?.machine.condition.state ?? "failed"
                areAllAtRest = areAllAtRest && slot.isAtRest
                guard slot.spec.isEnabled, !slot.isHeldStopped, slot.retirement != .remove else { continue }
                wanted += 1
                if slot.isReady { ready += 1 }
            }
            let result = ChildStates(states: states, wanted: wanted, ready: ready, areAllAtRest: areAllAtRest)
            cachedStates = result
            return result
        }
    }
}
