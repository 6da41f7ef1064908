@testable import Supervision
import SupervisionTesting

/// A tree that a test ticks by hand: actions run and observations are made when the test says so, in one thread.
final class TreeHarness: SupervisionObserver, @unchecked Sendable {
    // Unchecked: the harness and the tree below it are used by one test on one thread.
    private(set) var now = Moment.start
    private(set) var events: [SupervisionEvent] = []
    private var pending: [ActionRequest] = []
    private var factory = WorkerFactory()
    private var registry: SupervisorRegistry
    private(set) var root: Supervisor
    var target = DesiredState.running
    var admission: ActionAdmission?

    init(_ children: [ChildSpec], world: ScriptedWorld = ScriptedWorld()) throws {
        factory.register(ScriptedWorker.self) { ScriptedWorker(context: $0, configuration: $1) }
        registry = SupervisorRegistry(factory: factory)
        let spec = ChildSpec(
            name: "gateway",
            workerType: ScriptedWorker.type,
            configuration: ScriptedConfiguration(world: world, children: children)
        )
        root = try registry.make(spec, path: HierarchyPath(root: "gateway"), parent: nil)
    }

    func record(_ event: SupervisionEvent) {
        events.append(event)
    }

    /// The names of the actions that were taken, as `path action`.
    var enqueued: [String] {
        events.compactMap { event in
            if case .actionEnqueued(let identity, let action) = event { "\(identity.path.name) \(action)" } else { nil }
        }
    }

    var context: TickContext {
        TickContext(
            now: now,
            enqueue: { [self] request in
                if let admission { return admission }
                pending.append(request)
                return .accepted
            },
            entropy: { 0 },
            emit: record
        )
    }

    /// Moves the time on, observes every worker, and ticks once.
    func tick(after duration: Duration = .milliseconds(100)) async throws {
        now = now.advanced(by: duration)
        try await observeAll(root)
        root.tick(target: target, context)
    }

    /// Ticks and runs actions until nothing more happens.
    func settle() async throws {
        repeat {
            try await runActions()
            try await tick()
        } while !pending.isEmpty
    }

    /// Runs all pending actions to their end.
    func runActions() async throws {
        let requests = pending
        pending = []
        for request in requests {
            now = now.advanced(by: .milliseconds(1))
            var result = ActionOutcome.Result.success
            do { try await request.operation() } catch { result = .failure(String(describing: error)) }
            let outcome = ActionOutcome(name: request.name, result: result, endedAt: now, duration: .milliseconds(1))
            registry.supervisor(request.supervisor)?.machine.actionEnded(outcome)
        }
    }

    /// Observes one child and lets it react, as an event from outside would.
    func event(_ path: String) async throws {
        now = now.advanced(by: .milliseconds(1))
        guard let supervisor = supervisor(path) else { return }
        try await supervisor.machine.subject(now)
        supervisor.react(context)
    }

    func supervisor(_ path: String) -> Supervisor? {
        if path.isEmpty { return root }
        guard let found = root.locate(path.split(separator: "/")[...]) else { return nil }
        return found.parent.slots[found.index].supervisor
    }

    func state(_ path: String) -> String? {
        supervisor(path)?.machine.condition.state
    }

    func command(_ command: OperatorCommand, _ path: String) {
        guard let found = root.locate(path.split(separator: "/")[...]) else { return }
        found.parent.apply(command, to: found.index)
    }

    private func observeAll(_ supervisor: Supervisor) async throws {
        try? await supervisor.machine.subject(now)
        for slot in supervisor.slots {
            if let child = slot.supervisor { try await observeAll(child) }
        }
    }
}

extension ChildSpec {
    /// A scripted child.
    static func scripted(
        _ name: String,
        _ world: ScriptedWorld = ScriptedWorld(),
        dependsOn: [String] = [],
        children: [ChildSpec] = [],
        stateMapping: [String: DesiredState] = [:]
    ) -> ChildSpec {
        ChildSpec(
            name: name,
            workerType: ScriptedWorker.type,
            configuration: ScriptedConfiguration(world: world, children: children),
            stateMapping: stateMapping,
            dependsOn: dependsOn
        )
    }
}
