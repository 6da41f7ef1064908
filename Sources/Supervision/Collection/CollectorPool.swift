/// Runs the collectors of a tree: one for each supervisor, replaced when it brings nothing for too long.
///
/// Confined to the owner of the tree.
final class CollectorPool<C: SupervisionClock> {
    private struct Running {
        let number: Int
        let collector: Collector<C>
        let task: Task<Void, Never>
    }

    private let settings: SupervisionSettings
    private let clock: C
    private let observer: any SupervisionObserver
    private let onNews: @Sendable (SupervisorID) async -> Void
    private let onEnd: @Sendable (Int) async -> Void
    private var lastNumber = 0
    private var nextWatch = Moment.start
    private var running: [SupervisorID: Running] = [:]
    /// Cancelled collectors that have not ended yet, by their number.
    private var ending: [Int: Task<Void, Never>] = [:]

    /// Creates an empty pool.
    ///
    /// - Parameters:
    ///   - settings: the times.
    ///   - clock: the source of time.
    ///   - observer: told of every observation.
    ///   - onNews: told when a worker has news.
    ///   - onEnd: told the number of a collector that has ended, for ``ended(_:)``.
    init(
        settings: SupervisionSettings,
        clock: C,
        observer: any SupervisionObserver,
        onNews: @escaping @Sendable (SupervisorID) async -> Void,
        onEnd: @escaping @Sendable (Int) async -> Void
    ) {
        self.settings = settings
        self.clock = clock
        self.observer = observer
        self.onNews = onNews
        self.onEnd = onEnd
    }

    func start(_ supervisor: Supervisor) {
        let id = supervisor.identity.id
        let collector = Collector(
            subject: Collector<C>.Subject(identity: supervisor.identity, collect: supervisor.machine.subject),
            interval: settings.collectorInterval,
            clock: clock,
            observer: observer
        )
        // Weak: the worker holds the signal, and the collector holds the worker.
        supervisor.signal.connect { [weak collector] in collector?.collectNow() }
        lastNumber += 1
        let (number, onNews, onEnd) = (lastNumber, self.onNews, self.onEnd)
        let task = Task {
            await collector.run { await onNews(id) }
            await onEnd(number)
        }
        running[id] = Running(number: number, collector: collector, task: task)
    }

    func collectNow(_ id: SupervisorID) {
        running[id]?.collector.collectNow()
    }

    func stop(_ id: SupervisorID) {
        guard let stopped = running.removeValue(forKey: id) else { return }
        stopped.task.cancel()
        ending[stopped.number] = stopped.task
    }

    /// Forgets a collector that has ended.
    func ended(_ number: Int) {
        ending[number] = nil
    }

    /// Cancels what takes too long, and replaces the collectors of workers that were not observed for too long; looks
    /// four times in an interval, whatever the pace of the ticks.
    func watch(_ supervisors: SupervisorRegistry, at now: Moment) {
        guard now >= nextWatch else { return }
        nextWatch = now.advanced(by: settings.collectorInterval / 4)
        for (id, entry) in running {
            entry.collector.enforceDeadline(now)
            guard let supervisor = supervisors.supervisor(id) else { continue }
            let age = supervisor.machine.observationAge(at: now)
            if age < settings.collectorRestartAfter {
                supervisor.collectorRestarts = 0
            } else if age >= settings.collectorRestartAfter * (supervisor.collectorRestarts + 1) {
                supervisor.collectorRestarts += 1
                stop(id)
                start(supervisor)
                observer.record(.collectorRestarted(supervisor.identity, count: supervisor.collectorRestarts))
            }
        }
    }

    /// Cancels all collectors and returns them, to be waited for.
    func stopAll() -> [Task<Void, Never>] {
        for id in Array(running.keys) { stop(id) }
        return Array(ending.values)
    }
}
