/// Everything that a tick may use besides the tree itself: the time, random numbers, and the ways out.
final class TickContext {
    /// The time of the tick.
    let now: Moment
    private let enqueueAction: (ActionRequest) -> ActionAdmission
    private let drawEntropy: () -> UInt64
    private let emitEvent: (SupervisionEvent) -> Void

    init(
        now: Moment,
        enqueue: @escaping (ActionRequest) -> ActionAdmission,
        entropy: @escaping () -> UInt64,
        emit: @escaping (SupervisionEvent) -> Void
    ) {
        self.now = now
        enqueueAction = enqueue
        drawEntropy = entropy
        emitEvent = emit
    }

    /// Offers an action to the executor; never blocks.
    func enqueue(_ request: ActionRequest) -> ActionAdmission {
        enqueueAction(request)
    }

    /// Draws a random number.
    func entropy() -> UInt64 {
        drawEntropy()
    }

    /// Tells the observers.
    func emit(_ event: SupervisionEvent) {
        emitEvent(event)
    }
}
