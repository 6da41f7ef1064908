import OperatorHTTP

/// Listens as soon as an address is free that was given up just now.
///
/// A copy of a listening socket lives on for a moment in a process that another test is just starting, until that has
/// executed its program. The time limit of the test bounds the waiting.
func onceFree<Server>(_ listen: () async throws -> Server) async throws -> Server {
    while true {
        do {
            return try await listen()
        } catch let error as OperatorError where error.code == .cannotListen {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
