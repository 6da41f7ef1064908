public import Probes
public import Supervision
import Synchronization

/// Watches whether a device can be reached: connects to its TCP port, and sends nothing.
public final class ConnectionWorker: Worker {
    /// What all connections' workers share.
    public struct Dependencies: Sendable {
        /// Makes the probers.
        public let probers: ProberFactory
        /// Is told what is seen of the connections.
        public let listener: any ConnectionListener
        /// Tells the time; callable from any thread.
        public let now: @Sendable () -> Moment

        /// Creates the dependencies.
        public init(
            probers: ProberFactory,
            listener: any ConnectionListener,
            now: @escaping @Sendable () -> Moment
        ) {
            self.probers = probers
            self.listener = listener
            self.now = now
        }
    }

    private struct Watching {
        var configuration: ConnectionConfiguration
        var watch = ConnectionWatch()
        var attempt: Task<Void, Never>?
        var nextAttempt: Moment
    }

    /// The name of this kind of worker.
    public static let type: WorkerType = "connection"
    /// Where a worker finds what all connections' workers share.
    public static let dependencyKey = DependencyKey<Dependencies>("connections")
    /// The state in which a new child begins.
    public static let initialState = ConnectionState.stopped

    private let context: WorkerContext
    private let dependencies: Dependencies
    private let watching = Mutex<Watching?>(nil)

    /// Creates a worker; nothing is connected to before the state machine says so.
    ///
    /// - Parameters:
    ///   - context: who the worker is, and how it calls for attention.
    ///   - dependencies: what all connections' workers share.
    public init(context: WorkerContext, dependencies: Dependencies) {
        self.context = context
        self.dependencies = dependencies
    }

    /// The configuration is what the worker wants; it has no children.
    public func derive(_ configuration: ConnectionConfiguration) -> Derivation<ConnectionConfiguration> {
        Derivation(desired: configuration)
    }

    /// Only a fresh worker watches something else, or in another way.
    public static func canFollow(from old: ConnectionConfiguration, to new: ConnectionConfiguration) -> Bool {
        old == new
    }

    /// Returns what is known, and tries again where that is due; an attempt calls for attention when it has ended.
    public func collectObservedState() async throws -> ConnectionObservation {
        let now = dependencies.now()
        let observation = watching.withLock { watching in
            guard let current = watching else { return ConnectionObservation() }
            if current.attempt == nil, now >= current.nextAttempt {
                watching?.attempt = Task { await self.attempt(current.configuration) }
                watching?.nextAttempt = now.advanced(by: current.configuration.period)
            }
            return current.watch.observation
        }
        dependencies.listener.connectionObserved(context.identity.path, observation)
        return observation
    }

    /// Begins or ends to watch.
    public func perform(
        _ action: ConnectionAction,
        desired: ConnectionConfiguration,
        context: ActionContext
    ) async throws {
        switch action {
        case .watch:
            let now = dependencies.now()
            watching.withLock { $0 = $0 ?? Watching(configuration: desired, nextAttempt: now) }
        case .unwatch:
            let attempt = watching.withLock { watching in
                defer { watching = nil }
                return watching?.attempt
            }
            attempt?.cancel()
            await attempt?.value
        }
    }

    private func attempt(_ configuration: ConnectionConfiguration) async {
        let prober = dependencies.probers.connection(to: configuration.host, port: configuration.port)
        let clock = ContinuousClock()
        let start = clock.now
        let result: Result<Duration, ConnectionFailure>
        do throws(ProbeFailure) {
            try await prober.probe(within: configuration.timeout)
            result = .success(start.duration(to: clock.now))
        } catch {
            result = .failure(ConnectionFailure(reason: error.message))
        }
        guard !Task.isCancelled else { return }
        let now = dependencies.now()
        watching.withLock { watching in
            watching?.watch.note(result, configuration, at: now)
            watching?.attempt = nil
        }
        context.observationChanged()
    }
}
