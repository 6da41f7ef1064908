/// The decisions of the action executor: which action runs now, which waits, which is refused.
struct ActionQueue {
    /// How many actions run at once.
    let workers: Int
    /// How many actions may wait; one more is refused.
    let limit: Int
    private(set) var running: Set<HierarchyPath> = []
    private var waiting: [ActionRequest] = []
    private var isOpen = true

    init(workers: Int, limit: Int) {
        self.workers = max(1, workers)
        self.limit = max(0, limit)
    }

    var waitingCount: Int { waiting.count }

    var waitingPaths: [HierarchyPath] { waiting.map(\.path) }

    func isInProgress(_ path: HierarchyPath) -> Bool {
        running.contains(path) || waiting.contains { $0.path == path }
    }

    /// Takes an action in; `start` is true where it should run at once.
    mutating func admit(_ request: ActionRequest) -> (admission: ActionAdmission, start: Bool) {
        guard isOpen else { return (.shuttingDown, false) }
        guard !isInProgress(request.path) else { return (.alreadyInProgress, false) }
        if running.count < workers {
            running.insert(request.path)
            return (.accepted, true)
        }
        guard waiting.count < limit else { return (.queueFull, false) }
        waiting.append(request)
        return (.accepted, false)
    }

    /// Notes the end of an action and returns the one that takes its place.
    mutating func finish(_ path: HierarchyPath) -> ActionRequest? {
        running.remove(path)
        guard !waiting.isEmpty, running.count < workers else { return nil }
        let next = waiting.removeFirst()
        running.insert(next.path)
        return next
    }

    /// Takes an action out that waits.
    mutating func withdraw(_ path: HierarchyPath) -> ActionRequest? {
        waiting.firstIndex { $0.path == path }.map { waiting.remove(at: $0) }
    }

    /// Refuses everything from now on and forgets what waits.
    mutating func close() {
        isOpen = false
        waiting.removeAll()
    }
}
