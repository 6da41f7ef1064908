import Synchronization

/// The independent loop that observes one worker: on its interval, and at once when asked to.
///
/// It never runs two observations at once. A failed observation leaves the last one in place.
final class Collector<C: SupervisionClock>: Sendable {
    /// What a collector observes, with the worker's types erased.
    struct Subject: Sendable {
        let identity: WorkerIdentity
        /// Observes once and stores the result, stamped with the given moment.
        let collect: @Sendable (Moment) async throws -> Void
    }

    private struct Turn {
        let begun: Moment
        let task: Task<Void, any Error>
    }

    private let subject: Subject
    private let interval: Duration
    private let clock: C
    private let observer: any SupervisionObserver
    private let sleep: WakeableSleep<C>
    private let turn = Mutex<Turn?>(nil)

    init(subject: Subject, interval: Duration, clock: C, observer: any SupervisionObserver) {
        self.subject = subject
        self.interval = interval
        self.clock = clock
        self.observer = observer
        sleep = WakeableSleep(clock: clock)
    }

    /// Asks for an observation that begins after this call; never blocks.
    func collectNow() {
        sleep.wake()
    }

    /// How long an observation may take: nine tenths of the interval, and of a second where the interval is shorter, as an
    /// observation may need several answers.
    private var limit: Duration { max(interval, .seconds(1)) * 0.9 }

    /// Cancels an observation that takes too long.
    ///
    /// Called from the tick: a timer for each observation would cost more than the observation.
    func enforceDeadline(_ now: Moment) {
        let turn = turn.withLock { $0 }
        if let turn, turn.begun.advanced(by: limit) <= now { turn.task.cancel() }
    }

    /// Observes until the calling task is cancelled.
    ///
    /// - Parameter onNews: called after an observation that somebody asked for, also a failed one. What a regular
    ///   observation shows is looked at in the next regular tick.
    func run(onNews: @Sendable () async -> Void) async {
        var isAskedFor = true
        while !Task.isCancelled {
            let start = clock.now
            await collect(start)
            if Task.isCancelled { return }
            if isAskedFor { await onNews() }
            isAskedFor = await sleep.sleep(until: nextTurn(after: start))
        }
    }

    private func collect(_ start: Moment) async {
        let subject = self.subject
        let task = Task { try await subject.collect(start) }
        turn.withLock { $0 = Turn(begun: start, task: task) }
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            task.cancel()
        }
        turn.withLock { $0 = nil }
        switch result {
        case .success:
            observer.record(.collected(subject.identity, duration: start.duration(to: clock.now)))
        case .failure(let error):
            guard !Task.isCancelled else { return }
            let text = error is CancellationError ? "no answer within \(limit)" : String(describing: error)
            observer.record(.collectionFailed(subject.identity, error: text))
        }
    }

    /// The collectors of a tree take their turns at the same moments: a thousand that fall due together wake the
    /// processor once, a thousand that fall due one by one a thousand times.
    private func nextTurn(after start: Moment) -> Moment {
        let turns = (start.sinceStart / interval).rounded(.down) + 1
        return max(Moment(sinceStart: interval * turns), start.advanced(by: interval / 2))
    }
}
