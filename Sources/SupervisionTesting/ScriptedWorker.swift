public import Supervision
import Synchronization

/// The world of a ``ScriptedWorker``: what runs there is what the test says.
public final class ScriptedWorld: Sendable {
    private struct State {
        var isRunning = false
        var isReady = true
        var starts = 0
        var failuresToCome = 0
        var observationError: String?
        var signal: (@Sendable () -> Void)?
    }

    /// The error that a scripted failure throws.
    public struct Failure: Error, Equatable, CustomStringConvertible {
        /// The text for logs and messages.
        public let description: String
    }

    private let state = Mutex(State())

    /// Creates a world in which nothing runs.
    public init() {}

    /// How often something was started.
    public var starts: Int { state.withLock { $0.starts } }

    /// Whether something runs.
    public var isRunning: Bool { state.withLock { $0.isRunning } }

    /// Ends what runs, as a crash would, and tells the engine.
    public func crash() {
        state.withLock { state in
            state.isRunning = false
            return state.signal
        }?()
    }

    /// Makes what runs ready or not ready, and tells the engine.
    ///
    /// - Parameter isReady: whether it is.
    public func setReady(_ isReady: Bool) {
        state.withLock { state in
            state.isReady = isReady
            return state.signal
        }?()
    }

    /// Lets the next starts fail.
    ///
    /// - Parameter count: how many.
    public func failStarts(_ count: Int) {
        state.withLock { $0.failuresToCome = count }
    }

    /// Lets every observation fail from now on, or succeed again.
    ///
    /// - Parameter error: the error's text, or nil.
    public func failObservations(_ error: String?) {
        state.withLock { $0.observationError = error }
    }

    func connect(_ signal: @escaping @Sendable () -> Void) {
        state.withLock { $0.signal = signal }
    }

    func observe() throws -> ScriptedState.Observed {
        try state.withLock { state in
            if let error = state.observationError { throw Failure(description: error) }
            return ScriptedState.Observed(isRunning: state.isRunning, isReady: state.isReady)
        }
    }

    func start() throws {
        try state.withLock { state in
            if state.failuresToCome > 0 {
                state.failuresToCome -= 1
                throw Failure(description: "start failed")
            }
            state.isRunning = true
            state.starts += 1
        }
    }

    func stop() {
        state.withLock { $0.isRunning = false }
    }
}

/// The configuration of a ``ScriptedWorker``.
public struct ScriptedConfiguration: WorkerConfiguration {
    /// The worker's world.
    public let world: ScriptedWorld
    /// The children it declares.
    public let children: [ChildSpec]

    /// Creates a configuration.
    public init(world: ScriptedWorld = ScriptedWorld(), children: [ChildSpec] = []) {
        self.world = world
        self.children = children
    }

    /// Whether both mean the same.
    public static func == (lhs: ScriptedConfiguration, rhs: ScriptedConfiguration) -> Bool {
        lhs.world === rhs.world && lhs.children == rhs.children
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
    public func derive(_ configuration: ScriptedConfiguration) -> Derivation<ScriptedState.Desired> {
        Derivation(desired: ScriptedState.Desired(), children: configuration.children)
    }

    /// Observes the world once.
    public func collectObservedState() async throws -> ScriptedState.Observed {
        try world.observe()
    }

    /// Carries out an action.
    public func perform(_ action: ScriptedState.Action, desired: ScriptedState.Desired) async throws {
        switch action {
        case .start: try world.start()
        case .stop: world.stop()
        }
    }
}
