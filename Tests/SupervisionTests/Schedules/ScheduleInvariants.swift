import SupervisionTesting

@testable import Supervision

/// What must hold after every step of a schedule, computed from what the tree shows and not from its own decisions.
///
/// Used by one schedule on one thread.
final class ScheduleInvariants {
    /// What has just been done to the tree.
    enum Step {
        case event
        /// A tick with fresh observations.
        case tick
        /// A tick with those of before.
        case blindTick
    }

    /// A child that is well but for its process may pass this many ticks before it is started.
    private static let patience = 2

    /// What has happened so far.
    private(set) var reached: Set<String> = []
    /// Whether nothing but a report of what is known happened before the last check.
    private(set) var isQuiet = false
    private let tree: TreeHarness
    private var circuits = CircuitInvariants()
    private var offers: OfferInvariants
    private var living: Set<SupervisorID> = []
    private var lastNumber: UInt64 = 0
    private var outcomes: [SupervisorID: ActionOutcome.Result] = [:]
    private var idleTicks: [SupervisorID: Int] = [:]

    init(_ tree: TreeHarness) {
        self.tree = tree
        offers = OfferInvariants()
    }

    func noteOffer(_ request: ActionRequest) {
        offers.note(request, tree)
    }

    func noteCommand(on path: String) {
        offers.commands[path.isEmpty ? "gateway" : "gateway/" + path] = tree.now
    }

    /// Checks everything, and forgets the events that led here.
    func check(_ step: Step) throws {
        defer { tree.forgetEvents() }
        if let violation = offers.violation { throw violation }
        // Nothing has happened since the last check.
        if step == .event, tree.events.isEmpty { return }
        isQuiet = tree.events.allSatisfy { if case .circuit(_, .stillOpen, _) = $0 { true } else { false } }
        circuits.begin(at: tree.now)
        var created: [(WorkerIdentity, [String])] = []
        for event in tree.events {
            if case .childCreated(let identity, let children, _) = event { created.append((identity, children)) }
            try follow(event, isTick: step != .event)
        }
        for (identity, children) in created where living.contains(identity.id) { try checkMade(identity, children) }
        try checkActions()
        guard step != .event else { return }
        var seen: Set<SupervisorID> = []
        if let root = tree.slot("") { try walk(root, isFree: true, step, &seen) }
        guard seen == living else {
            throw ScheduleViolation("created minus removed is what lives", "\(living.symmetricDifference(seen))")
        }
        try circuits.checkRestarts()
    }

    /// What is not as it should be once nothing is in the way any more.
    func unwell(_ node: ScheduleNode) -> [String] {
        guard let slot = tree.slot(node.path) else { return ["\(node.path) is not declared"] }
        guard node.isEnabled else {
            return slot.isAtRest && slot.retirement == nil ? [] : ["\(node.path) does not rest"]
        }
        guard let supervisor = slot.supervisor, slot.retirement == nil else { return ["\(node.path) does not live"] }
        if supervisor.health.circuit.incident != nil { return ["the circuit of \(node.path) is open"] }
        if let below = node.children.lazy.compactMap({ self.unwell($0).first }).first { return [below] }
        let isWell = supervisor.isReady && supervisor.slots.count == node.children.count
        return isWell ? [] : ["\(node.path) is \(supervisor.machine.condition)"]
    }

    /// The tree as it is, one node per line.
    var picture: String {
        tree.slot("").map(Self.picture) ?? "nothing"
    }

    private static func picture(_ slot: ChildSlot) -> String {
        let lines = (slot.supervisor?.slots ?? []).map(picture)
        guard let supervisor = slot.supervisor else {
            return "\(slot.spec.name) not made: \(slot.failedCreation?.error ?? "")"
        }
        let machine = supervisor.machine
        let line = [
            "\(supervisor.identity.path) \(machine.condition.state)",
            "target \(supervisor.target) ready \(supervisor.isReady)",
            "depends on \(slot.spec.dependsOn) released \(slot.isReleased) repaired \(slot.isUnderRepair)",
            "held \(slot.isHeldStopped) retired \(slot.retirement.map { "\($0)" } ?? "no")",
            "acts \(machine.actionInProgress?.name ?? "no")",
            supervisor.health.circuit.incident.map { "blames \($0.failure.child) \($0.failure.check)" } ?? "closed",
        ].joined(separator: ", ")
        return ([line] + lines).joined(separator: "\n")
    }

    /// Whether the tree is what its specification says, to the last version.
    func checkShape(_ node: ScheduleNode) throws {
        guard let supervisor = tree.supervisor(node.path) else { return }
        let made = supervisor.machine.desiredDocument(.running).content as? DesiredRecord
        let version = (made?.desired as? ScriptedState.Desired)?.version
        let names = supervisor.slots.map(\.spec.name)
        guard version == node.version, Set(names) == Set(node.children.map(\.name)) else {
            throw ScheduleViolation("the tree is what was declared", "\(node.path): version \(version ?? 0), \(names)")
        }
        for child in node.children { try checkShape(child) }
    }

    private func follow(_ event: SupervisionEvent, isTick: Bool) throws {
        switch event {
        case .childCreated(let identity, _, _):
            guard identity.id.number > lastNumber else {
                throw ScheduleViolation("every supervisor has a fresh id", "\(identity)")
            }
            lastNumber = identity.id.number
            living.insert(identity.id)
        case .childRemoved(let identity, _):
            guard living.remove(identity.id) != nil, tree.registry.supervisor(identity.id) == nil else {
                throw ScheduleViolation("created minus removed is what lives", "\(identity) was removed twice")
            }
            outcomes[identity.id] = nil
            idleTicks[identity.id] = nil
            circuits.forget(identity.id)
        case .actionCompleted(let identity, let outcome):
            outcomes[identity.id] = outcome.result
            reached.insert(outcome.result.label)
        case .circuit(let identity, let change, let report):
            reached.insert(Self.name(change))
            try circuits.follow(identity, change, report, tree.settings.circuit)
        case .restartRequested(let identity, let isDuplicate):
            reached.insert(isDuplicate ? "duplicate restart" : "restart")
            if isTick, !isDuplicate { circuits.restarts.append(identity) }
        case .childUpdated(let identity, _, _): circuits.updated.insert(identity.path)
        case .childCreationFailed: reached.insert("creation failed")
        case .decisionFailed: reached.insert("decision failed")
        case .actionRefused: reached.insert("action refused")
        case .actionAwaited: reached.insert("action awaited")
        case .actionOutlasted: reached.insert("action outlasted")
        case .observationStale: reached.insert("observation stale")
        case .stateChanged, .readinessChanged, .actionEnqueued, .collectionFailed, .collected, .collectorRestarted,
            .ticked:
            return
        }
    }

    /// Spelled out: ten thousand schedules make many names, and the compiler's way to one is slow.
    private static func name(_ change: CircuitChange) -> String {
        switch change {
        case .opened: "opened"
        case .stillOpen: "still open"
        case .attemptFailed: "attempt failed"
        case .lastAttempt: "last attempt"
        case .escalated: "escalated"
        case .recovered: "recovered"
        case .reset: "reset"
        }
    }

    /// A child that was made, also again after a restart, is what its parent declares.
    private func checkMade(_ identity: WorkerIdentity, _ children: [String]) throws {
        let names = identity.path.components.dropFirst()
        guard let slot = tree.slot(names.joined(separator: "/")), let supervisor = slot.supervisor else { return }
        guard supervisor.identity == identity else { return }
        let configuration = slot.spec.configuration as? ScriptedConfiguration
        guard configuration?.children.map(\.name) == children, slot.spec.workerType == identity.type else {
            throw ScheduleViolation("a made child is what its specification says", "\(identity): \(children)")
        }
        guard let parent = supervisor.parent, slot.retirement == nil else { return }
        guard parent.machine.declaration.children.contains(slot.spec) else {
            throw ScheduleViolation("a made child keeps its specification", "\(identity)")
        }
    }

    private func checkActions() throws {
        var paths: Set<HierarchyPath> = []
        for request in tree.inProgress {
            guard paths.insert(request.path).inserted else {
                throw ScheduleViolation("at most one action per child is in progress", "\(request.path)")
            }
            guard living.contains(request.supervisor) else {
                throw ScheduleViolation("no action outlives its supervisor", "\(request.path) \(request.name)")
            }
        }
    }

    /// Checks a child and all below it; `isFree` says that nothing above holds the child back.
    private func walk(_ slot: ChildSlot, isFree: Bool, _ step: Step, _ seen: inout Set<SupervisorID>) throws {
        guard let supervisor = slot.supervisor else { return }
        let id = supervisor.identity.id
        seen.insert(id)
        guard tree.registry.supervisor(id) === supervisor else {
            throw ScheduleViolation("created minus removed is what lives", "\(supervisor.identity) is not registered")
        }
        let isFree = isFree && slot.isSteady && supervisor.target == .running
        try circuits.check(supervisor, isFree: isFree, tree)
        try checkIdle(supervisor, slot, isFree: isFree, step)
        try checkSummary(supervisor)
        let isActing = supervisor.machine.actionInProgress != nil
        let isPaused = supervisor.health.circuit.incident?.failure.impact == .allWorkers
        for child in supervisor.slots {
            let isMapped = child.spec.stateMapping[supervisor.machine.condition.state] == .stopped
            try walk(child, isFree: isFree && !isActing && !isPaused && !isMapped, step, &seen)
        }
    }

    /// The summary that is kept child by child is what summing up gives.
    private func checkSummary(_ supervisor: Supervisor) throws {
        let children = supervisor.children
        // A child that is yet to be made is counted when it is.
        guard children.slots.allSatisfy({ $0.supervisor != nil }) else { return }
        var (wanted, ready, ailing, escalated) = (0, 0, 0, 0)
        for standing in children.slots.map(\.standing) {
            if standing.isWanted { wanted += 1 }
            if standing.isWanted, standing.isReady { ready += 1 }
            if standing.isAiling { ailing += 1 }
            if standing.hasEscalated { escalated += 1 }
        }
        let isRight = children.states.wanted == wanted && children.states.ready == ready
        guard isRight, children.ailing == ailing, children.escalated == escalated else {
            throw ScheduleViolation("the summary of children is right", "\(supervisor.identity) \(children.states)")
        }
    }

    /// A child that nothing holds back and whose process is gone is started within the next ticks, whatever its
    /// siblings do.
    private func checkIdle(_ supervisor: Supervisor, _ slot: ChildSlot, isFree: Bool, _ step: Step) throws {
        let id = supervisor.identity.id
        guard step == .tick else { return }
        let world = (slot.spec.configuration as? ScriptedConfiguration)?.world
        let isPaused = supervisor.health.circuit.incident?.failure.impact == .allWorkers
        let isCapable = world?.isFaultless == true && world?.isRunning == false && outcomes[id] ?? .success == .success
        let isServed = tree.admission == nil && tree.isStoreQuick
        guard isFree, isCapable, isServed, !isPaused, supervisor.machine.actionInProgress == nil else {
            idleTicks[id] = 0
            return
        }
        idleTicks[id, default: 0] += 1
        guard idleTicks[id, default: 0] <= Self.patience else {
            throw ScheduleViolation("a well child is started whatever its siblings do", "\(supervisor.identity)")
        }
    }
}
