import Supervision
import Workers

/// The one list of worker types: what can be made, and the bounded sets of names that metrics are prepared from.
struct WorkerCatalog: Sendable {
    /// What is known of a worker type without making one.
    struct Entry: Sendable {
        let initialState: String
        let states: [String]
        let actions: [String]
    }

    /// Makes the workers.
    private(set) var factory = WorkerFactory()
    private var entries: [WorkerType: Entry] = [:]

    init(processes: ProgramDependencies) {
        factory.registerDependency(ProcessWorker.dependencyKey, processes)
        register(ApplicationWorker.self, actions: []) { _, _ in ApplicationWorker() }
        register(ProcessWorker.self, actions: ProcessAction.allCases.map(\.name)) { context, _ in
            ProcessWorker(
                context: context,
                dependencies: try context.dependencies.value(ProcessWorker.dependencyKey)
            )
        }
    }

    /// What is known of a worker type, or nil for an unknown one.
    func entry(_ type: WorkerType) -> Entry? {
        entries[type]
    }

    private mutating func register<W: Worker>(
        _ type: W.Type,
        actions: [String],
        make: @escaping @Sendable (WorkerContext, W.Configuration) throws -> W
    ) {
        factory.register(type, make: make)
        entries[type.type] = Entry(initialState: type.initialState.name, states: W.State.names, actions: actions)
    }
}
