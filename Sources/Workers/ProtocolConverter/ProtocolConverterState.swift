public import Supervision

/// The states of a protocol converter's worker: a summary of its children, in which a device that is away has a name.
public struct ProtocolConverterState: WorkerState {
    /// There is nothing to want.
    public typealias Desired = ApplicationState.Nothing
    /// There is nothing to observe.
    public typealias Observed = ApplicationState.Nothing
    /// There is nothing to do.
    public typealias Action = ApplicationState.NoAction

    let summary: ApplicationState

    /// All names that there are.
    public static var names: [String] { ApplicationState.names }

    /// The name as operators see it.
    public var name: String { summary.name }

    /// Whether nothing of the child runs in this state.
    public var isAtRest: Bool { summary.isAtRest }

    /// No state has a deadline.
    public var waitsForTime: Bool { summary.waitsForTime }

    /// Whether others may rely on the converter now.
    public func isReady(_ snapshot: Snapshot<ApplicationState.Nothing, ApplicationState.Nothing>) -> Bool {
        summary.isReady(snapshot)
    }

    /// Why the converter is in this state, where there is something to say.
    public func reason(_ snapshot: Snapshot<ApplicationState.Nothing, ApplicationState.Nothing>) -> String? {
        guard let reason = summary.reason(snapshot) else { return nil }
        let connection = snapshot.children.childState(ProtocolConverterConfiguration.connection)
        return connection == ConnectionState.down.name ? "the device cannot be reached; \(reason)" : reason
    }

    /// Decides what to do.
    public func next(
        _ snapshot: Snapshot<ApplicationState.Nothing, ApplicationState.Nothing>
    ) -> Transition<ProtocolConverterState> {
        switch summary.next(snapshot) {
        case .move(let next): return .move(to: ProtocolConverterState(summary: next))
        case .stay: return .stay
        case .perform(let action, _): switch action {}
        case .restart: return .restart
        case .remove: return .remove
        }
    }
}
