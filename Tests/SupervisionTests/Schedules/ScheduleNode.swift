import SupervisionTesting

@testable import Supervision

/// One node of a schedule's tree as it is declared, and the world below it.
///
/// Used by one schedule on one thread.
final class ScheduleNode {
    let name: String
    /// The path below the root; empty for the root.
    let path: String
    let world = ScriptedWorld()
    let startupGrace: Duration
    let stateMapping: [String: DesiredState]
    /// What the parent checks the node for.
    let checks: [ConsistencyCheck]
    var dependsOn: [String] = []
    var isEnabled = true
    var version = 0
    var derivationError: String?
    var children: [ScheduleNode] = []

    init(_ name: String, below parent: ScheduleNode?, _ dice: inout Dice) {
        self.name = name
        path = parent.map { $0.path.isEmpty ? name : $0.path + "/" + name } ?? ""
        startupGrace = dice.pick([.zero, .zero, .milliseconds(300), .seconds(2), .seconds(20)])
        stateMapping = dice.chance(percent: 15) ? [dice.pick(["starting", "stopping"]): .stopped] : [:]
        checks = Self.makeChecks(name, &dice)
    }

    /// The node and all below it, from the top down.
    var all: [ScheduleNode] {
        children.reduce(into: [self]) { $0 += $1.all }
    }

    var spec: ChildSpec {
        ChildSpec(
            name: name,
            workerType: ScriptedWorker.type,
            configuration: ScriptedConfiguration(
                world: world,
                version: version,
                children: children.map(\.spec),
                checks: children.flatMap(\.checks),
                derivationError: derivationError
            ),
            stateMapping: stateMapping,
            dependsOn: dependsOn,
            isEnabled: isEnabled,
            startupGrace: startupGrace
        )
    }

    /// Declares one more child, which may depend on those that are there.
    func grow(_ name: String, _ dice: inout Dice) {
        let child = ScheduleNode(name, below: self, &dice)
        if let first = children.first, dice.chance(percent: 40) { child.dependsOn = [first.name] }
        if let last = children.last, dice.chance(percent: 20) { child.dependsOn.append(last.name) }
        child.dependsOn = Array(Set(child.dependsOn)).sorted()
        children.append(child)
    }

    /// Declares a child no longer, and lets nobody depend on it.
    func drop(_ child: ScheduleNode) {
        children.removeAll { $0 === child }
        for sibling in children { sibling.dependsOn.removeAll { $0 == child.name } }
    }

    /// Takes away everything that keeps the node from being well.
    func heal() {
        derivationError = nil
        isEnabled = true
        world.setReady(true)
        world.setTrouble(nil)
        world.failDecisions(nil)
        world.failObservations(nil)
        world.failStarts(0)
    }

    private static func makeChecks(_ name: String, _ dice: inout Dice) -> [ConsistencyCheck] {
        var checks: [ConsistencyCheck] = []
        if dice.chance(percent: 60) {
            checks.append(.scripted(name, impact: dice.pick([.allWorkers, .singleWorker])))
        }
        if dice.chance(percent: 30) {
            let (impact, threshold) = (dice.pick([Impact.allWorkers, .singleWorker]), dice.pick([1, 2, 5]))
            checks.append(
                ConsistencyCheck("unready", blaming: name, impact: impact, failureThreshold: threshold) { child, _ in
                    child.isReady ? nil : "not ready"
                })
        }
        return checks
    }
}
