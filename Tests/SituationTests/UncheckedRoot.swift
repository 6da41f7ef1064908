import Supervision
import Workers

/// A root that declares its children and checks nothing of them: no circuit repairs what a test looks at.
struct UncheckedRoot: Worker {
    static let type: WorkerType = "unchecked"
    static let initialState = ApplicationState.stopped

    func derive(_ configuration: ApplicationConfiguration) -> Derivation<ApplicationState.Nothing> {
        Derivation(desired: ApplicationState.Nothing(), children: configuration.children)
    }

    func collectObservedState() async throws -> ApplicationState.Nothing { ApplicationState.Nothing() }

    func perform(
        _ action: ApplicationState.NoAction,
        desired: ApplicationState.Nothing,
        context: ActionContext
    ) async throws {}
}
