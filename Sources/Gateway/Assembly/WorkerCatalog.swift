import Supervision
import Workers

/// The one list of worker types: what can be made, and the bounded sets of names that metrics are prepared from.
struct WorkerCatalog: Sendable {
    /// What is known of a worker type without making one.
    struct Entry: Sendable {
        let initialState: String
        let states: [String]
        let actions: [String]
        /// Whether it runs a program, which has an account then.
        let runsProgram: Bool
    }

    /// What the workers depend on.
    struct Dependencies: Sendable {
        let programs: ProgramDependencies
        let flows: FlowDependencies
        let brokers: BrokerDependencies
        let connections: ConnectionWorker.Dependencies
    }

    /// Makes the workers.
    private(set) var factory = WorkerFactory()
    private var entries: [WorkerType: Entry] = [:]

    init(_ dependencies: Dependencies) {
        factory.registerDependency(ProcessWorker.dependencyKey, dependencies.programs)
        factory.registerDependency(BenthosWorker.dependencyKey, dependencies.flows)
        factory.registerDependency(RedpandaWorker.dependencyKey, dependencies.brokers)
        factory.registerDependency(ConnectionWorker.dependencyKey, dependencies.connections)
        register(ApplicationWorker.self, actions: []) { _, _ in ApplicationWorker() }
        register(ProtocolConverterWorker.self, actions: []) { _, _ in ProtocolConverterWorker() }
        register(ProcessWorker.self, actions: ProcessAction.allCases.map(\.name), runsProgram: true) { context, _ in
            ProcessWorker(
                context: context,
                dependencies: try context.dependencies.value(ProcessWorker.dependencyKey)
            )
        }
        register(BenthosWorker.self, actions: BenthosAction.names, runsProgram: true) { context, _ in
            BenthosWorker(
                context: context,
                dependencies: try context.dependencies.value(BenthosWorker.dependencyKey)
            )
        }
        register(RedpandaWorker.self, actions: RedpandaAction.allCases.map(\.name), runsProgram: true) { context, _ in
            RedpandaWorker(
                context: context,
                dependencies: try context.dependencies.value(RedpandaWorker.dependencyKey)
            )
        }
        register(ConnectionWorker.self, actions: ConnectionAction.allCases.map(\.name)) { context, _ in
            ConnectionWorker(
                context: context,
                dependencies: try context.dependencies.value(ConnectionWorker.dependencyKey)
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
        runsProgram: Bool = false,
        make: @escaping @Sendable (WorkerContext, W.Configuration) throws -> W
    ) {
        factory.register(type, make: make)
        entries[type.type] = Entry(
            initialState: type.initialState.name,
            states: W.State.names,
            actions: actions,
            runsProgram: runsProgram
        )
    }
}
