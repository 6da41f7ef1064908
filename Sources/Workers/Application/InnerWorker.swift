public import Supervision

/// A worker that runs nothing itself: all that it has are its children, which come from its configuration.
public protocol InnerWorker: Worker
where
    Configuration: InnerConfiguration, Desired == ApplicationState.Nothing, Observed == ApplicationState.Nothing,
    State.Action == ApplicationState.NoAction
{}

/// The configuration of an inner worker.
public protocol InnerConfiguration: WorkerConfiguration {
    /// The children, in the order in which they were declared.
    var children: [ChildSpec] { get }
}

extension InnerWorker {
    /// Derives what the worker should be, which children it has, and what is checked of them.
    public func derive(_ configuration: Configuration) -> Derivation<ApplicationState.Nothing> {
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
