public import Supervision

/// Runs one program as a subprocess and probes it.
///
/// All decisions are ``ProcessState``'s; this type carries them out and reports what it sees.
public struct ProcessWorker: Worker {
    /// The name of this kind of worker.
    public static let type: WorkerType = "process"
    /// Where a worker finds what all workers share that run a program.
    public static let dependencyKey = DependencyKey<ProgramDependencies>("processes")
    /// The state in which a new child begins.
    public static let initialState = ProcessState.stopped

    private let runner: ProcessRunner

    /// Creates a worker; nothing is started before the state machine says so.
    ///
    /// - Parameters:
    ///   - context: who the worker is, and how it calls for attention.
    ///   - dependencies: what all workers share that run a program.
    public init(context: WorkerContext, dependencies: ProgramDependencies) {
        runner = ProcessRunner(path: context.identity.path, dependencies: dependencies) { context.observationChanged() }
    }

    /// The configuration is what the worker wants; it has no children.
    public func derive(_ configuration: ProcessConfiguration) -> Derivation<ProcessConfiguration> {
        Derivation(desired: configuration)
    }

    /// Returns what is known; all of it was reported as it happened.
    public func collectObservedState() async throws -> ProcessObservation {
        runner.observation
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
            try await runner.start(
                desired.command,
                probes: desired.probes,
                replacingWithin: desired.stopTimeout
            )
        case .terminate: runner.terminate()
        case .kill: runner.kill()
        }
    }
}
