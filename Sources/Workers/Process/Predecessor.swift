import ProcessControl

/// A process of an earlier gateway that is being ended, so that its successor does not run beside it.
struct Predecessor: Sendable {
    /// Who it was.
    let child: AdoptableChild
    private let ending: Task<Void, any Error>

    /// Begins to end a process.
    ///
    /// - Parameters:
    ///   - child: the process.
    ///   - end: ends it; returns once nothing of it is left.
    init(_ child: AdoptableChild, end: @escaping @Sendable (AdoptableChild) async throws -> Void) {
        self.child = child
        ending = Task { try await end(child) }
    }

    /// Waits until nothing of it is left.
    ///
    /// The process goes on ending when the waiting task is cancelled, and can be waited for again.
    ///
    /// - Throws: why it could not be ended, or `CancellationError`.
    func waitUntilEnded() async throws {
        let (news, sink) = AsyncStream.makeStream(
            of: Result<Void, any Error>.self,
            bufferingPolicy: .bufferingOldest(1)
        )
        // Nobody can stop waiting for a task's result by being cancelled, but for a stream's.
        Task { [ending] in
            sink.yield(await ending.result)
            sink.finish()
        }
        for await result in news { return try result.get() }
        throw CancellationError()
    }
}
