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

    private let subject: Subject
    private let interval: Duration
    private let clock: C
    private let observer: any SupervisionObserver
    private let sleep: WakeableSleep<C>

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

    /// Observes until the calling task is cancelled.
    ///
    /// - Parameter onNews: called after an observation that somebody asked for, also a failed one. What a regular
    ///   observation shows is looked at in the next regular tick.
    func run(onNews: @Sendable () async -> Void) async {
        var isAskedFor = true
        while !Task.isCancelled {
            let start = clock.now
            do {
                try await subject.collect(start)
                observer.record(.collected(subject.identity, duration: start.duration(to: clock.now)))
            } catch is CancellationError {
                return
            } catch {
                observer.record(.collectionFailed(subject.identity, error: String(describing: error)))
            }
            if isAskedFor { await onNews() }
            isAskedFor = await sleep.sleep(until: nextTurn(after: start))
        }
    }

    /// The collectors of a tree take their turns at the same moments: a thousand that fall due together wake the
    /// processor once, a thousand that fall due one by one a thousand times.
    private func nextTurn(after start: Moment) -> Moment {
        let turns = (start.sinceStart / interval).rounded(.down) + 1
        return max(Moment(sinceStart: interval * turns), start.advanced(by: interval / 2))
    }
}
