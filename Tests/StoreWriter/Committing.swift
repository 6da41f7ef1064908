import StateStore
import Supervision

/// Commits for ever: a desired document with growing numbers, and notes of an observed one.
enum Committing {
    private struct Numbered: Codable, Sendable {
        let number: Int
        /// Makes rows of changing length, so that pages split and merge.
        let padding: String
    }

    /// Prints each number and the newest sync id once the commit is on disk.
    static func run(_ store: some TriangularStore, from first: Int) async throws {
        let key = WorkerKey(type: "process", path: HierarchyPath(root: "gateway/writer"))
        for number in first... {
            let content = Numbered(number: number, padding: String(repeating: "x", count: number * 37 % 3000))
            let durability = await store.commit([.put(Document(.desired, of: key, content))])
            guard durability == .durable else {
                Output.say("not durable: \(durability)")
                return
            }
            store.note(Document(.observed, of: key, content), isUrgent: false)
            let newest = try await store.changes(since: 0, limit: .max).last?.syncID ?? 0
            Output.say("\(number) \(newest)")
        }
    }
}
