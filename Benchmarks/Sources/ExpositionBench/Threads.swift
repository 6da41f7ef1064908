internal import Glibc

/// Threads of the operating system, as many as are asked for: Swift's own pool has one for each core.
enum Threads {
    private final class Job: Sendable {
        let index: Int
        let body: @Sendable (Int) -> Void

        init(index: Int, body: @escaping @Sendable (Int) -> Void) {
            self.index = index
            self.body = body
        }
    }

    /// Runs `body` once on each of so many new threads, and waits for all.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let threads = (0..<count).map { index in
            var thread = pthread_t()
            let job = Unmanaged.passRetained(Job(index: index, body: body))
            pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
                    job.body(job.index)
                    return nil
                }, job.toOpaque())
            return thread
        }
        for thread in threads { pthread_join(thread, nil) }
    }
}
