public import Supervision

/// A worker that runs nothing itself: the root of the tree and its inner nodes, whose children come from the
/// configuration.
public struct ApplicationWorker: Worker {
    /// The name of this kind of worker.
    public static let type: WorkerType = "application"
    /// The state in which a new child begins.
    public static let initialState = ApplicationState.stopped

    /// Creates an application worker.
    public init() {}

    /// Derives what the worker should be, which children it has, and what is checked of them.
    public func derive(_ configuration: ApplicationConfiguration) -> Derivation<ApplicationState.Nothing> {
        Derivation(
            desired: ApplicationState.Nothing(),
            children: configuration.children,
            checks: ChildChecks(configuration.children).checks
        )
    }

    /// Observes the world once.
    public func collectObservedState() async throws -> ApplicationState.Nothing {
        ApplicationState.Nothing()
    }

    /// Never called: there is no action that could be asked for.
    public func perform(
        _ action: ApplicationState.NoAction,
        desired: ApplicationState.Nothing,
        context: ActionContext
    ) async throws {}
}
