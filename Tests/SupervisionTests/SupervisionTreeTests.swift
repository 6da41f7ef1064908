import Supervision
import SupervisionTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct SupervisionTreeTests {
    private let clock = ManualClock()
    private let log = EventLog()
    private let store = RecordingStore()

    private func makeTree(_ root: ChildSpec) -> SupervisionTree<ManualClock> {
        var factory = WorkerFactory()
        factory.register(ScriptedWorker.self) { ScriptedWorker(context: $0, configuration: $1) }
        return SupervisionTree(
            root: root,
            factory: factory,
            store: store,
            settings: SupervisionSettings(),
            clock: clock,
            observer: log
        )
    }

    private func scripted(_ name: String, _ world: ScriptedWorld, children: [ChildSpec] = []) -> ChildSpec {
        ChildSpec(
            name: name,
            workerType: ScriptedWorker.type,
            configuration: ScriptedConfiguration(world: world, children: children)
        )
    }

    @Test("the tree starts, restarts what crashes, and stops, all on events and without the time moving on")
    func eventDriven() async throws {
        let world = ScriptedWorld()
        let tree = makeTree(scripted("gateway", ScriptedWorld(), children: [scripted("child", world)]))
        let run = Task { try await tree.run() }
        await log.waitForState("running", of: "child")
        world.crash()
        await log.waitForState("running", of: "child")
        #expect(world.starts == 2)
        await tree.shutDown()
        try await run.value
        #expect(!world.isRunning)
        #expect(clock.now == .start)
    }

    @Test("an operator's command reaches the child that the path names")
    func command() async throws {
        let world = ScriptedWorld()
        let tree = makeTree(scripted("gateway", ScriptedWorld(), children: [scripted("child", world)]))
        let run = Task { try await tree.run() }
        await log.waitForState("running", of: "child")
        try await tree.perform(.stop, on: HierarchyPath(root: "gateway/child"))
        await log.waitForState("stopped", of: "child")
        await #expect(throws: SupervisionError.self) {
            try await tree.perform(.stop, on: HierarchyPath(root: "gateway/nobody"))
        }
        await tree.shutDown()
        try await run.value
    }

    @Test("a root of an unknown worker type is an error that lists the known ones")
    func unknownRoot() async throws {
        let root = ChildSpec(name: "gateway", workerType: "odd", configuration: ScriptedConfiguration())
        let tree = makeTree(root)
        let error = await #expect(throws: SupervisionError.self) { try await tree.run() }
        #expect(error?.code == .rootFailed)
        #expect(error?.message.contains("scripted") == true)
    }

    @Test("a tick that begins after its time says by how much")
    func lateTick() async throws {
        let tree = makeTree(scripted("gateway", ScriptedWorld()))
        let run = Task { try await tree.run() }
        await log.waitForState("running", of: "gateway")
        let due = Moment(sinceStart: .milliseconds(100))
        while !clock.deadlines.contains(due) { await Task.yield() }
        clock.advance(by: .milliseconds(350))
        await log.wait { event in
            guard case .ticked(let delay, _, let overran, _) = event else { return false }
            return delay == .milliseconds(250) && overran
        }
        await tree.shutDown()
        try await run.value
    }

    @Test("after the collector's interval the world is observed again")
    func collectorInterval() async throws {
        let world = ScriptedWorld()
        let tree = makeTree(scripted("gateway", world))
        let run = Task { try await tree.run() }
        await log.waitForState("running", of: "gateway")
        world.failObservations("no answer")
        clock.advance(by: .seconds(1))
        await log.wait { if case .collectionFailed(_, error: "no answer") = $0 { true } else { false } }
        await tree.shutDown()
        world.failObservations(nil)
        clock.advance(by: .seconds(1))
        try await run.value
    }
}
