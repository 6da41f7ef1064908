import SupervisionTesting

@testable import Supervision

/// What the tests of a running tree have in common: a clock that they advance, a store, and the events.
struct TreeFixture {
    let clock = ManualClock()
    let log = EventLog()
    let store: RecordingStore

    init(store: RecordingStore = RecordingStore()) {
        self.store = store
    }

    func makeTree(
        _ children: [ChildSpec],
        world: ScriptedWorld = ScriptedWorld(),
        checks: [ConsistencyCheck] = [],
        factory: WorkerFactory = .scripted,
        settings: SupervisionSettings = SupervisionSettings()
    ) -> SupervisionTree<ManualClock> {
        SupervisionTree(
            root: .scripted("gateway", world, children: children, checks: checks),
            factory: factory,
            store: store,
            settings: settings,
            clock: clock,
            observer: log
        )
    }

    func key(_ path: String) -> WorkerKey {
        WorkerKey(type: ScriptedWorker.type, path: HierarchyPath(root: path))
    }

    func observations(of path: String) -> Int {
        store.noted.count { $0.key == key(path) }
    }

    /// Waits until something outside of the engine has come about; the suite's time limit ends what never does.
    func wait(until isSo: () -> Bool) async {
        while !isSo() { await Task.yield() }
    }

    /// Waits until somebody sleeps for exactly a time from now.
    func waitForSleep(of duration: Duration) async {
        let deadline = clock.now.advanced(by: duration)
        await wait { clock.deadlines.contains(deadline) }
    }
}

extension WorkerFactory {
    /// Knows scripted workers.
    static var scripted: WorkerFactory {
        var factory = WorkerFactory()
        factory.register(ScriptedWorker.self) { ScriptedWorker(context: $0, configuration: $1) }
        return factory
    }
}
