import SupervisionTesting

@testable import Supervision

/// One random schedule: a tree of two to eight nodes, six to fourteen events, and a recovery from all of them.
///
/// Used by one test on one thread.
final class Schedule {
    private let seed: UInt64
    private let root: ScheduleNode
    private let tree: TreeHarness
    private let invariants: ScheduleInvariants
    /// How likely a cause is to be taken away rather than added, in percent.
    private let ease: Int
    /// How much time passes with a step, in milliseconds.
    private let pace: ClosedRange<Int>
    /// The nodes that are no longer declared, with all below them: they have to be stopped all the same.
    private var dropped: [ScheduleNode] = []
    private var dice: Dice
    private var steps: [ScheduleEvent] = []

    init(seed: UInt64) {
        self.seed = seed
        var dice = Dice(seed: seed)
        let root = Self.makeTree(&dice)
        ease = dice.pick([10, 50, 70])
        pace = dice.pick([50...300, 50...2_000, 500...20_000, 50...70_000])
        var settings = SupervisionSettings()
        settings.checkFailureThreshold = dice.pick([1, 3])
        settings.circuit.settleTime = dice.pick([.zero, .milliseconds(500)])
        let tree = TreeHarness(root: root.spec, settings: settings)
        invariants = ScheduleInvariants(tree)
        self.root = root
        self.tree = tree
        self.dice = dice
        tree.onOffer = { [invariants] in invariants.noteOffer($0) }
    }

    /// What the schedule made happen.
    var reached: Set<String> { invariants.reached }

    /// The events so far, one per line.
    var trace: String {
        steps.enumerated().map { "\($0) \($1)" }.joined(separator: "\n")
    }

    /// Runs the schedule to its end.
    ///
    /// - Throws: ``ScheduleViolation`` with the seed and the step.
    func run() async throws {
        do {
            for _ in 0..<6 + dice.below(9) { try await step() }
            try await recover()
            try await rest()
        } catch let violation as ScheduleViolation {
            let place = "seed \(seed), step \(steps.count) (\(steps.last.map { "\($0)" } ?? "none")), \(tree.now)"
            throw ScheduleViolation(violation.invariant, "\(place): \(violation.detail)\n\(invariants.picture)")
        }
    }

    private static func makeTree(_ dice: inout Dice) -> ScheduleNode {
        let root = ScheduleNode("gateway", below: nil, &dice)
        for number in 1..<2 + min(dice.below(7), dice.below(7)) {
            let parents = root.all.filter { $0.path.split(separator: "/").count < 2 }
            dice.pick(parents).grow("n\(number)", &dice)
        }
        return root
    }

    private func step() async throws {
        let event = ScheduleEvent.draw(&dice, root, ease: ease, count: steps.count)
        steps.append(event)
        try await apply(event)
        if dice.chance(percent: 60) { try await tree.runActions() }
        if dice.chance(percent: 85) { try await tick(after: dice.milliseconds(pace)) }
    }

    private func tick(after duration: Duration) async throws {
        try invariants.check(.event)
        try await tree.tick(after: duration)
        try invariants.check(.tick)
    }

    /// As the tree's owner does with a command or an update: the tick follows at once.
    private func tickAtOnce(after duration: Duration = .zero) throws {
        try invariants.check(.event)
        tree.tickOnly(after: duration)
        try invariants.check(.blindTick)
    }

    private func apply(_ event: ScheduleEvent) async throws {
        switch event {
        case .crash(let node): node.world.crash()
        case .trouble(let node, let isOn): node.world.setTrouble(isOn ? "jammed" : nil)
        case .ready(let node, let isReady): node.world.setReady(isReady)
        case .failDecisions(let node, let isOn): node.world.failDecisions(isOn ? "boom" : nil)
        case .failObservations(let node, let isOn): node.world.failObservations(isOn ? "no answer" : nil)
        case .failStarts(let node, let count): node.world.failStarts(count)
        case .hang(let node): tree.hung.insert(fullPath(node))
        case .finish(let node, let result): finish(node, result)
        case .react(let node): try await tree.event(node.path)
        case .command(let command, let node):
            invariants.noteCommand(on: node.path)
            tree.command(command, node.path)
            try tickAtOnce()
        case .refuseActions(let admission): tree.admission = admission
        case .slowStore(let isOn): tree.isStoreQuick = !isOn
        case .blindTick(let duration):
            try tickAtOnce(after: duration)
        case .failDerivation, .follow, .replace, .enable, .grow, .drop: try update(event)
        case .nothing: break
        }
    }

    private func update(_ event: ScheduleEvent) throws {
        switch event {
        case .failDerivation(let node, let isOn): node.derivationError = isOn ? "no template" : nil
        case .follow(let node): node.version = abs(node.version) + 1
        case .replace(let node): node.version = -abs(node.version) - 1
        case .enable(let node, let isEnabled): node.isEnabled = isEnabled
        case .grow(let node, let name): if node.path.split(separator: "/").count < 2 { node.grow(name, &dice) }
        case .drop(let child, let parent):
            parent.drop(child)
            dropped += child.all
        case .crash, .trouble, .ready, .failDecisions, .failObservations, .failStarts, .hang, .finish, .react, .command,
            .refuseActions, .slowStore, .blindTick, .nothing:
            return
        }
        tree.update("", root.spec)
        try tickAtOnce()
    }

    private func finish(_ node: ScheduleNode, _ result: ActionOutcome.Result) {
        tree.hung.remove(fullPath(node))
        tree.finish(fullPath(node), result, duration: .seconds(1))
    }

    private func fullPath(_ node: ScheduleNode) -> String {
        node.path.isEmpty ? root.name : root.name + "/" + node.path
    }

    /// Takes all causes away: everything that is wanted has to become ready, and every circuit to close.
    private func recover() async throws {
        for node in root.all + dropped { node.heal() }
        tree.hung = []
        tree.admission = nil
        tree.isStoreQuick = true
        tree.update("", root.spec)
        try tickAtOnce()
        var pause = Duration.milliseconds(100)
        for _ in 0..<400 {
            for node in root.all where tree.slot(node.path)?.isHeldStopped == true {
                invariants.noteCommand(on: node.path)
                tree.command(.start, node.path)
            }
            try await tree.runActions()
            try await tick(after: pause)
            // While nothing happens, the time is passed that delays take.
            pause = invariants.isQuiet ? min(pause * 2, .seconds(8)) : .milliseconds(100)
            if invariants.unwell(root).isEmpty, tree.inProgress.isEmpty { break }
        }
        if let first = invariants.unwell(root).first {
            throw ScheduleViolation("without causes everything becomes well", first)
        }
        try invariants.checkShape(root)
    }

    /// Stops everything: nothing may run any more, and nothing may be going on.
    private func rest() async throws {
        tree.target = .stopped
        for _ in 0..<200 {
            try await tick(after: .milliseconds(500))
            if tree.isAtRest, tree.inProgress.isEmpty { break }
            try await tree.runActions()
        }
        guard tree.isAtRest, tree.inProgress.isEmpty else {
            throw ScheduleViolation("a tree that should stop comes to rest", "\(tree.report())")
        }
        for node in root.all + dropped where node.world.isRunning {
            throw ScheduleViolation("a tree that should stop comes to rest", "\(node.path) still runs")
        }
    }
}
