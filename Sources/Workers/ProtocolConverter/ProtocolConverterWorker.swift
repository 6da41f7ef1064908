public import Supervision

/// A device with the flows from it and to it.
public struct ProtocolConverterWorker: Worker {
    /// The name of this kind of worker.
    public static let type: WorkerType = "protocolConverter"
    /// The state in which a new child begins.
    public static let initialState = ProtocolConverterState(summary: .stopped)

    /// Creates a protocol converter's worker.
    public init() {}

    /// Derives what the worker should be, which children it has, and what is checked of them.
    public func derive(_ configuration: ProtocolConverterConfiguration) -> Derivation<ApplicationState.Nothing> {
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
