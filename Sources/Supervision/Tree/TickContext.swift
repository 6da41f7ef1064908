/// Everything that a tick may use besides the tree itself: the time, random numbers, and the ways out.
final class TickContext {
    /// What leaves a tick.
    struct Outlets {
        /// Offers an action to the executor; never blocks.
        let enqueue: (ActionRequest) -> ActionAdmission
        /// Cancels a worker's action, where one is in progress.
        let cancelAction: (HierarchyPath) -> Void
        /// Hands a change to the store; the given supervisor is told when it is safe.
        let persist: (StoreChange, SupervisorID?) -> Void
        /// Tells the observers.
        let emit: (SupervisionEvent) -> Void
    }

    /// The time of the tick.
    var now: Moment
    /// The times and sizes of the tree.
    let settings: SupervisionSettings
    private let outlets: Outlets
    private var generator: SplitMix64

    init(now: Moment, settings: SupervisionSettings, generator: SplitMix64, outlets: Outlets) {
        self.now = now
        self.settings = settings
        self.generator = generator
        self.outlets = outlets
    }

    func enqueue(_ request: ActionRequest) -> ActionAdmission { outlets.enqueue(request) }

    func cancelAction(_ path: HierarchyPath) { outlets.cancelAction(path) }

    func persist(_ change: StoreChange, for id: SupervisorID? = nil) { outlets.persist(change, id) }

    /// Draws a random number.
    func entropy() -> UInt64 { generator.next() }

    func emit(_ event: SupervisionEvent) { outlets.emit(event) }
}
