import Supervision
import Synchronization
import Workers

/// Follows what becomes of every child, for a reload that waits for it.
///
/// Bounded by the tree: a child has an entry from its creation until it is gone for good. Readiness is followed all the
/// time, the rest while somebody watches.
final class ReloadWatch: SupervisionObserver, FlowListener {
    private struct State {
        var children: [HierarchyPath: ChildNews] = [:]
        var watcher: AsyncStream<Void>.Continuation?
    }

    private let state = Mutex(State())

    /// Begins to collect news, and forgets those that an earlier watcher was told; ends what that one reads.
    ///
    /// - Returns: yields whenever something may be different, and after ``wake()``.
    func watch() -> AsyncStream<Void> {
        let (news, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            state.watcher?.finish()
            state.watcher = continuation
            for path in state.children.keys { state.children[path]?.forget() }
        }
        return news
    }

    /// Lets the watcher look.
    func wake() {
        state.withLock { _ = $0.watcher?.yield() }
    }

    /// Ends the collection of news.
    func unwatch() {
        state.withLock { state in
            state.watcher?.finish()
            state.watcher = nil
        }
    }

    /// What is known of some children; those that are gone or not there yet are missing.
    func news(of paths: [HierarchyPath]) -> [HierarchyPath: ChildNews] {
        state.withLock { state in
            paths.reduce(into: [:]) { $0[$1] = state.children[$1] }
        }
    }

    func record(_ event: SupervisionEvent) {
        switch event {
        case .childCreated(let identity, _, _): change(identity.path) { $0 = ChildNews(isTold: true) }
        case .childUpdated(let identity, _, _): change(identity.path) { $0?.isTold = true }
        case .childRemoved(let identity, isFinal: true): change(identity.path) { $0 = nil }
        case .childRemoved(let identity, isFinal: false): change(identity.path) { $0?.isReady = false }
        case .restartRequested(let identity, _): change(identity.path) { $0?.isBeingReplaced = true }
        case .readinessChanged(let identity, let isReady): change(identity.path) { $0?.isReady = isReady }
        case .stateChanged(let identity, _, let state, _): change(identity.path) { $0?.state = state }
        case .childCreationFailed, .decisionFailed, .circuit, .actionEnqueued, .actionRefused, .actionAwaited,
            .actionCompleted, .actionOutlasted, .collectionFailed, .collected, .observationStale, .collectorRestarted,
            .ticked:
            break
        }
    }

    func flowObserved(_ path: HierarchyPath, _ observation: BenthosObservation, stallAfter: Duration) {
        state.withLock { state in
            guard state.watcher != nil else { return }
            state.children[path]?.flow = ChildNews.Flow(observation)
            state.watcher?.yield()
        }
    }

    func flowRolledBack(_ path: HierarchyPath, _ refusal: FlowRefusal) {
        change(path) { $0?.rollback = refusal }
    }

    private func change(_ path: HierarchyPath, _ body: (inout ChildNews?) -> Void) {
        state.withLock { state in
            body(&state.children[path])
            state.watcher?.yield()
        }
    }
}
