import StateStore
import Supervision
import Workers

/// The ports that flows had before, as the store remembers them.
struct StoredPorts: Sendable {
    /// What of an observed document is needed here.
    private struct Observed: Decodable, Sendable {
        var port: Int?
    }

    let store: any TriangularStore

    /// Reads the ports.
    ///
    /// - Returns: the port of each flow that had one.
    /// - Throws: an error of the store, or that a document cannot be read.
    func read() async throws -> [HierarchyPath: Int] {
        var ports: [HierarchyPath: Int] = [:]
        for document in try await store.documents(.observed, as: Observed.self)
        where document.key.type == BenthosWorker.type {
            ports[document.key.path] = document.content.port
        }
        return ports
    }
}
