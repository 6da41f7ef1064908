public import Probes
public import ProcessControl
public import Supervision
import Synchronization

/// Runs one program as a subprocess and probes it.
///
/// All decisions are ``ProcessState``'s; this type carries them out and reports what it sees.
public final class ProcessWorker: Worker {
    /// What all process workers share.
    public struct Dependencies: Sendable {
        /// Starts and watches the processes.
        public let reactor: ProcessReactor
        /// Makes the probers.
        public let probers: ProberFactory
        /// Is told what happens to the processes.
        public let listener: any ProcessListener

        /// Creates the dependencies.
        public init(reactor: ProcessReactor, probers: ProberFactory, listener: any ProcessListener) {
            self.reactor = reactor
            self.probers = probers
            self.listener = listener
        }
    }

    /// One process from its start to its end.
    private struct Life {
        /// Counts the starts: what belongs to an earlier process is recognised and dropped.
        var run = 0
        var child: ChildProcess?
        var observation = ProcessObservation()
        var probing: Task<Void, Never>?
    }

    /// The name of this kind of worker.
    public static let type: WorkerType = "process"
    /// Where a worker finds what all process workers share.
    public static let dependencyKey = DependencyKey<Dependencies>("processes")
    /// The state in which a new child begins.
    public static let initialState = ProcessState.stopped

    private let context: WorkerContext
    private let dependencies: Dependencies
    private let life = Mutex(Life())

    /// Creates a worker; nothing is started before the state machine says so.
    ///
    /// - Parameters:
    ///   - context: who the worker is, and how it calls for attention.
    ///   - dependencies: what all process workers share.
    public init(context: WorkerContext, dependencies: Dependencies) {
        self.context = context
        self.dependencies = dependencies
    }

    /// The configuration is what the worker wants; it has no children.
    public func derive(_ configuration: ProcessConfiguration) -> Derivation<ProcessConfiguration> {
        Derivation(desired: configuration)
    }

    /// Returns what is known; all of it was reported as it happened.
    public func collectObservedState() async throws -> ProcessObservation {
        life.withLock { $0.observation }
    }

    /// Whether a living worker can go on with another configuration.
    ///
    /// It can where only the end of the process is handled differently. What was started with another command or is
    /// judged by other probes is replaced.
    ///
    /// - Parameters:
    ///   - old: the configuration so far.
    ///   - new: the configuration from now on.
    /// - Returns: whether the worker can follow.
    public static func canFollow(from old: ProcessConfiguration, to new: ProcessConfiguration) -> Bool {
        old.command == new.command && old.probes == new.probes
    }

    /// Starts the process, or sends its group a signal.
    public func perform(
        _ action: ProcessAction,
        desired: ProcessConfiguration,
        context: ActionContext
    ) async throws {
        switch action {
        case .start:
            try await start(desired)
        case .terminate:
            if let child = life.withLock({ $0.child }) { dependencies.reactor.terminate(child) }
        case .kill:
            if let child = life.withLock({ $0.child }) { dependencies.reactor.kill(child) }
        }
    }

    private func start(_ desired: ProcessConfiguration) async throws {
        guard !life.withLock({ $0.observation.isRunning }) else { return }
        let lastProbing = life.withLock { $0.probing.take() }
        lastProbing?.cancel()
        await lastProbing?.value

        let spec = try desired.command.resolve()
        let path = context.identity.path
        let listener = dependencies.listener
        let run = beginLife(desired.probes)
        let child = try await dependencies.reactor.spawn(
            spec,
            recordedAs: path.description,
            onOutput: { listener.processWrote(path, $0) },
            onExit: { [weak self] exit in
                listener.processEnded(path, exit)
                self?.ended(run, exit)
            }
        )
        listener.processStarted(path, child)
        began(run, child, desired.probes)
    }

    private func beginLife(_ probes: ProcessProbes) -> Int {
        life.withLock { life in
            life.run += 1
            life.child = nil
            life.observation = ProcessObservation(
                startup: probes.startup == nil ? .notConfigured : .pending(lastFailure: nil),
                readiness: probes.readiness == nil ? .notConfigured : .pending(lastFailure: nil),
                liveness: probes.liveness == nil ? .notConfigured : .pending(lastFailure: nil)
            )
            return life.run
        }
    }

    /// Notes that the process runs, unless the news of its end was faster.
    private func began(_ run: Int, _ child: ChildProcess, _ probes: ProcessProbes) {
        life.withLock { life in
            guard life.run == run, life.observation.ending == nil else { return }
            life.child = child
            life.observation.phase = .running(pid: child.pid)
            guard probes != ProcessProbes() else { return }
            let session = ProbeSession(
                probes: probes,
                probers: dependencies.probers,
                isAlive: { [weak self] in self?.isRunning(run) ?? false },
                report: { [weak self] in self?.judged(run, $0, $1) }
            )
            life.probing = Task { await session.run() }
        }
    }

    private func isRunning(_ run: Int) -> Bool {
        life.withLock { $0.run == run && $0.observation.isRunning }
    }

    private func judged(_ run: Int, _ probe: ProbeSession.Probe, _ verdict: ProbeVerdict) {
        life.withLock { life in
            guard life.run == run else { return }
            switch probe {
            case .startup: life.observation.startup = verdict
            case .readiness: life.observation.readiness = verdict
            case .liveness: life.observation.liveness = verdict
            }
        }
        context.observationChanged()
    }

    private func ended(_ run: Int, _ exit: ProcessExit) {
        life.withLock { life in
            guard life.run == run else { return }
            life.child = nil
            life.observation.phase = .ended(ProcessEnding(status: exit.status, runTime: exit.runTime))
            // The next start awaits its end.
            life.probing?.cancel()
        }
        context.observationChanged()
    }
}
