/// A declared child, whether or not a supervisor for it exists at the moment.
struct ChildSlot {
    /// Why a child's supervisor is being stopped for good.
    enum Retirement: Equatable {
        /// A fresh supervisor made from the same specification takes its place.
        case replace
        /// Nothing takes its place.
        case remove
    }

    /// A creation that failed, and when it is tried again.
    struct FailedCreation {
        let error: String
        let attempts: Int
        let retryAt: Moment
    }

    let spec: ChildSpec
    var supervisor: Supervisor?
    var retirement: Retirement?
    var failedCreation: FailedCreation?
    /// Whether an operator has stopped the child.
    var isHeldStopped = false
    /// Whether the child's dependencies have been ready since it was last told to start: from then on it is restarted
    /// without waiting for them again.
    var isReleased = false

    var isAtRest: Bool { supervisor?.isAtRest ?? true }

    var isReady: Bool { supervisor?.isReady ?? false }

    /// What the child should do, its dependencies aside.
    ///
    /// - Parameters:
    ///   - parentTarget: what the parent should do: nothing runs below a parent that should stop.
    ///   - parentState: the parent's state, for the child's state mapping.
    /// - Returns: running or stopped.
    func wanted(parentTarget: DesiredState, parentState: String) -> DesiredState {
        guard spec.isEnabled, !isHeldStopped, retirement == nil, parentTarget == .running else { return .stopped }
        return spec.stateMapping[parentState] ?? .running
    }
}
