import Glibc
import StateStore
import Supervision

/// Commits into files that may not grow beyond a limit, which the system reports like a failing disk; then without.
enum Limited {
    private static let limit: rlim_t = 256 * 1024

    /// Prints how many commits were on disk, how many were not, and what became of the one after the limit was lifted.
    static func run(_ store: some TriangularStore) async {
        // Without this the system ends the process at the limit instead of failing the write.
        signal(SIGXFSZ, SIG_IGN)
        set(limit)
        var durable = 0
        var inMemory = 0
        for number in 0..<30 {
            switch await store.commit([put(number)]) {
            case .durable: durable += 1
            case .inMemory: inMemory += 1
            }
        }
        set(rlim_t.max)
        Output.say("\(durable) \(inMemory) \(await store.commit([put(30)]))")
    }

    private static func put(_ number: Int) -> StoreChange {
        let key = WorkerKey(type: "process", path: HierarchyPath(root: "gateway/line-\(number)"))
        return .put(Document(.desired, of: key, String(repeating: "x", count: 20_000)))
    }

    private static func set(_ limit: rlim_t) {
        var limits = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits)
        limits.rlim_cur = min(limit, limits.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits)
    }
}
