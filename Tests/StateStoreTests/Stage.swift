import StateStore
import Supervision
import SupervisionTesting

/// A store in a temporary directory, with the clock and the events of a test.
struct Stage {
    /// 2026-11-21 11:30:00 UTC.
    static let time = Duration.seconds(1_795_260_600)

    let directory: TemporaryDirectory
    let log = EventLog()
    let clock = ManualClock()

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Opens the store of the directory.
    func open(
        _ subdirectory: String = "",
        prefix: String = "fsmv2_",
        time: Duration = Stage.time
    ) async throws -> SQLiteTriangularStore<ManualClock> {
        try await SQLiteTriangularStore.open(
            StoreSettings(directory: directory.path + subdirectory, prefix: prefix),
            clock: clock,
            wallClock: { time },
            listener: log
        )
    }
}

/// A document of the tests.
struct Sample: Codable, Sendable, Equatable {
    var name = "sample"
    var number = 0
    var text = ""
}

extension WorkerKey {
    static func numbered(_ number: Int) -> WorkerKey {
        WorkerKey(type: "process", path: HierarchyPath(root: "gateway/line-\(number)"))
    }
}

extension Document {
    static func desired(_ worker: Int, _ number: Int, text: String = "") -> Document {
        Document(.desired, of: .numbered(worker), Sample(number: number, text: text))
    }

    static func identity(_ worker: Int, _ number: Int) -> Document {
        Document(.identity, of: .numbered(worker), Sample(number: number))
    }

    static func observed(_ worker: Int, _ number: Int, text: String = "") -> Document {
        Document(.observed, of: .numbered(worker), Sample(number: number, text: text))
    }
}

extension TriangularStore {
    /// The numbers of all documents of a kind by worker.
    func numbers(_ kind: DocumentKind) async throws -> [String: Int] {
        let pairs = try await documents(kind, as: Sample.self).map { ($0.key.path.name, $0.content.number) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// The newest sync id.
    func newestID() async throws -> Int64 {
        try await changes(since: 0, limit: .max).last?.syncID ?? 0
    }
}
