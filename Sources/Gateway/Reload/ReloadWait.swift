import OperatorHTTP
import Supervision
import Workers

/// Waits until every child that a reload concerns has reached its goal or its time is over.
struct ReloadWait: Sendable {
    /// What became of one child.
    struct Outcome: Sendable, Equatable {
        let kind: ReloadReport.Child.Outcome
        /// Why, where the news tell.
        var reason: String?
        /// Whether nothing is to be said beyond it.
        var isReady: Bool { kind == .ready || kind == .removed }
    }

    let goals: [ReloadGoal]
    let watch: ReloadWatch
    /// Yields whenever something may be different.
    let news: AsyncStream<Void>
    let clock: MonotonicClock

    /// Waits; cancelled, it waits no longer.
    ///
    /// - Parameters:
    ///   - stopped: the children that are not to run.
    ///   - timeout: how long it may take altogether.
    /// - Returns: what became of the children, in the order of the goals.
    func run(stopped: Set<HierarchyPath>, within timeout: Duration) async -> [Outcome] {
        let start = clock.now
        let limits = goals.map { min($0.patience ?? timeout, timeout) }
        var outcomes: [Outcome?] = goals.map { goal in
            goal.target != .removed && stopped.contains(goal.path) ? Outcome(kind: .stopped) : nil
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wake(after: Set(limits).sorted(), from: start) }
            watch.wake()
            for await _ in news {
                judge(&outcomes, limits, elapsed: start.duration(to: clock.now))
                if outcomes.allSatisfy({ $0 != nil }) { break }
            }
            group.cancelAll()
        }
        return zip(goals, outcomes).map { $1 ?? Outcome(kind: $0.failure) }
    }

    private func judge(_ outcomes: inout [Outcome?], _ limits: [Duration], elapsed: Duration) {
        let open = goals.indices.filter { outcomes[$0] == nil }
        let known = watch.news(of: open.map { goals[$0].path })
        for index in open {
            let (goal, news) = (goals[index], known[goals[index].path])
            if let kind = goal.outcome(news) {
                outcomes[index] = Outcome(kind: kind, reason: kind == .rolledBack ? news?.rollback?.reason : nil)
            } else if elapsed >= limits[index] {
                outcomes[index] = Outcome(kind: goal.failure)
            }
        }
    }

    private func wake(after times: [Duration], from start: Moment) async {
        for time in times {
            // Cancelled as soon as nobody waits any more.
            guard (try? await clock.sleep(until: start.advanced(by: time), tolerance: nil)) != nil else { return }
            watch.wake()
        }
    }
}
