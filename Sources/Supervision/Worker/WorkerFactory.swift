/// Makes workers from specifications: the one list of worker types, written down in the composition root.
public struct WorkerFactory: Sendable {
    typealias Make = @Sendable (WorkerContext, ChildSpec) throws -> any StateMachine

    /// What the workers depend on.
    public private(set) var dependencies = Dependencies()
    private var makers: [WorkerType: Make] = [:]

    /// Creates a factory that knows no worker types.
    public init() {}

    /// The worker types that are registered, in alphabetical order.
    public var knownTypes: [WorkerType] {
        makers.keys.sorted { $0.description < $1.description }
    }

    /// Makes something known to all workers that ask for it.
    public mutating func registerDependency<Value: Sendable>(_ key: DependencyKey<Value>, _ value: Value) {
        dependencies.register(key, value)
    }

    /// Registers a kind of worker; a later registration of the same type replaces the earlier.
    ///
    /// - Parameters:
    ///   - type: the worker's Swift type.
    ///   - make: makes a worker from who it is, what it may depend on, and its configuration; an error means that the
    ///     child is shown as failed and made again later.
    public mutating func register<W: Worker>(
        _ type: W.Type,
        make: @escaping @Sendable (WorkerContext, W.Configuration) throws -> W
    ) {
        makers[type.type] = { context, spec in
            guard let configuration = spec.configuration as? W.Configuration else {
                throw SupervisionError(
                    .configurationMismatch,
                    "child \(context.identity.path) is a \(spec.workerType) but was given a "
                        + "\(Swift.type(of: spec.configuration)); give it a \(W.Configuration.self)"
                )
            }
            let worker = try make(context, configuration)
            return try WorkerStateMachine(context: context, worker: worker, configuration: configuration)
        }
    }

    /// Makes the worker of a child.
    func make(_ spec: ChildSpec, context: WorkerContext) throws -> any StateMachine {
        guard let make = makers[spec.workerType] else {
            let known = knownTypes.map(\.description).joined(separator: ", ")
            throw SupervisionError(
                .unknownWorkerType,
                "child \(context.identity.path) has the unknown worker type \(spec.workerType); known types: \(known)"
            )
        }
        return try make(context, spec)
    }
}
