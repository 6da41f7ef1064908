import Glibc
import StateStore
import Supervision

// A gateway in miniature that a test can kill: commits a desired document with growing numbers, notes an observed one,
// and prints each number and the newest sync id once the commit is on disk.
//
// Arguments: the directory, the first number.

struct Numbered: Codable, Sendable {
    let number: Int
    /// Makes rows of changing length, so that pages split and merge.
    let padding: String
}

func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    if write(STDOUT_FILENO, bytes, bytes.count) != bytes.count { exit(1) }
}

let directory = CommandLine.arguments[1]
let first = Int(CommandLine.arguments[2]) ?? 1
let store = try await SQLiteTriangularStore.open(
    StoreSettings(directory: directory),
    clock: MonotonicClock(),
    wallClock: { .seconds(1_000) }
)
let key = WorkerKey(type: "process", path: HierarchyPath(root: "gateway/writer"))
for number in first... {
    let content = Numbered(number: number, padding: String(repeating: "x", count: number * 37 % 3000))
    let durability = await store.commit([.put(Document(.desired, of: key, content))])
    guard durability == .durable else {
        say("not durable: \(durability)")
        exit(1)
    }
    store.note(Document(.observed, of: key, content), isUrgent: false)
    let newest = try await store.changes(since: 0, limit: .max).last?.syncID ?? 0
    say("\(number) \(newest)")
}
