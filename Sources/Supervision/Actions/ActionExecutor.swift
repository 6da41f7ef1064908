import Synchronization

/// Runs the actions of a whole tree: a bounded number at once, at most one per child, each with a deadline.
///
/// ``enqueue(_:)`` never blocks. When the queue is full it refuses; the state that asked will ask again.
final class ActionExecutor<C: SupervisionClock>: Sendable {
    private struct State {
        var queue: ActionQueue
        var operations: [HierarchyPath: Task<Void, Never>] = [:]
    }

    private let clock: C
    private let grace: Duration
    private let state: Mutex<State>
    private let onCompletion: @Sendable (ActionRequest, ActionOutcome) async -> Void

    /// Creates an executor.
    ///
    /// - Parameters:
    ///   - settings: the sizes and times.
    ///   - clock: the source of time.
    ///   - onCompletion: told of every action's end.
    init(
        settings: SupervisionSettings,
        clock: C,
        onCompletion: @escaping @Sendable (ActionRequest, ActionOutcome) async -> Void
    ) {
        self.clock = clock
        grace = settings.actionGrace
        self.onCompletion = onCompletion
        state = Mutex(
            State(queue: ActionQueue(workers: settings.actionWorkers, limit: settings.actionQueueLimit)))
    }

    /// Offers an action; never blocks.
    func enqueue(_ request: ActionRequest) -> ActionAdmission {
        state.withLock { state in
            let (admission, start) = state.queue.admit(request)
            if start { begin(request, &state) }
            return admission
        }
    }

    /// Cancels the action of a child, whether it runs or waits; its end is told like any other.
    func cancel(_ path: HierarchyPath) {
        let (running, waiting) = state.withLock { ($0.operations[path], $0.queue.withdraw(path)) }
        running?.cancel()
        guard let waiting else { return }
        let now = clock.now
        let outcome = waiting.outcome(.failure("cancelled before it was begun"), from: now, to: now)
        // Told from a task of its own: the caller is in the middle of a tick.
        Task { await onCompletion(waiting, outcome) }
    }

    /// Cancels all actions, so that none holds up a shutdown for longer than the grace; more are taken as ever.
    func cancelAll() {
        let paths = state.withLock { Array($0.queue.running) + $0.queue.waitingPaths }
        for path in paths { cancel(path) }
    }

    /// The number of actions that wait for their turn.
    var waitingCount: Int {
        state.withLock { $0.queue.waitingCount }
    }

    /// Takes nothing more, cancels what runs, and returns when it has ended or was given up after the grace.
    func shutdown() async {
        let running = state.withLock { state in
            state.queue.close()
            return Array(state.operations.values)
        }
        for operation in running { operation.cancel() }
        for operation in running { await operation.value }
    }

    private func begin(_ request: ActionRequest, _ state: inout State) {
        state.operations[request.path] = Task { await self.run(request) }
    }

    private func run(_ request: ActionRequest) async {
        let start = clock.now
        let deadline = request.deadline(from: start)
        let race = ActionRace(clock: clock, deadline: deadline, grace: grace)
        let context = ActionContext(path: request.path, attempt: request.attempt, deadline: deadline)
        let result = await race.run { try await request.operation(context) }
        let outcome = request.outcome(result, from: start, to: clock.now)
        state.withLock { state in
            state.operations[request.path] = nil
            if let next = state.queue.finish(request.path) { begin(next, &state) }
        }
        await onCompletion(request, outcome)
    }
}
