public import Supervision

/// The configuration of a ``ScriptedWorker``.
public struct ScriptedConfiguration: WorkerConfiguration {
    /// The worker's world.
    public let world: ScriptedWorld
    /// What changes when the configuration is to count as changed; a worker cannot follow a change to a negative one.
    public let version: Int
    /// The children it declares.
    public let children: [ChildSpec]
    /// What it checks them for.
    public let checks: [ConsistencyCheck]
    /// The error that a derivation throws, or nil.
    public let derivationError: String?

    /// Creates a configuration.
    public init(
        world: ScriptedWorld = ScriptedWorld(),
        version: Int = 0,
        children: [ChildSpec] = [],
        checks: [ConsistencyCheck] = [],
        derivationError: String? = nil
    ) {
        self.world = world
        self.version = version
        self.children = children
        self.checks = checks
        self.derivationError = derivationError
    }

    /// Whether both mean the same.
    public static func == (lhs: ScriptedConfiguration, rhs: ScriptedConfiguration) -> Bool {
        lhs.world === rhs.world && lhs.version == rhs.version && lhs.children == rhs.children
            && lhs.checks.map(\.label) == rhs.checks.map(\.label) && lhs.derivationError == rhs.derivationError
    }
}

/// A worker whose world is a test's script.
public struct ScriptedWorker: Worker {
    /// The name of this kind of worker.
    public static let type: WorkerType = "scripted"
    /// The state in which a new child begins.
    public static let initialState = ScriptedState.stopped
    private let world: ScriptedWorld

    /// Creates a worker.
    public init(context: WorkerContext, configuration: ScriptedConfiguration) {
        world = configuration.world
        world.connect { context.observationChanged() }
    }

    /// Derives what the worker should be, and which children it has.
    public func derive(_ configuration: ScriptedConfiguration) throws -> Derivation<ScriptedState.Desired> {
        if let error = configuration.derivationError { throw ScriptedWorld.Failure(description: error) }
        return Derivation(
            desired: ScriptedState.Desired(version: configuration.version),
            children: configuration.children,
            checks: configuration.checks
        )
    }

    /// Whether the new version is one that a living worker can follow.
    public static func canFollow(from old: ScriptedConfiguration, to new: ScriptedConfiguration) -> Bool {
        new.version >= 0
    }

    /// Observes the world once.
    public func collectObservedState() async throws -> ScriptedState.Observed {
        try await world.observe()
    }

    /// Carries out an action.
    public func perform(
        _ action: ScriptedState.Action,
        desired: ScriptedState.Desired,
        context: ActionContext
    ) async throws {
        switch action {
        case .start: try await world.start(attempt: context.attempt)
        case .stop: try await world.stop()
        }
    }
}
