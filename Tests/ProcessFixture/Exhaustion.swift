import Glibc
import ProcessControl

/// Starts children until descriptors run out, frees some, and starts again.
enum Exhaustion {
    static func run() async throws {
        let reactor = try ProcessReactor()
        var limit = rlimit(rlim_cur: 40, rlim_max: 40)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        var children: [ChildProcess] = []
        let (exits, continuation) = AsyncStream.makeStream(of: ProcessExit.self)
        do {
            while true {
                let child = try await reactor.spawn(Scenario.sleeper, onOutput: { _ in }) { continuation.yield($0) }
                children.append(child)
            }
        } catch {
            print("refused \(error.code.rawValue) after \(children.count > 0)")
        }
        var iterator = exits.makeAsyncIterator()
        for child in children {
            reactor.kill(child)
            _ = await iterator.next()
        }
        let before = try Scenario.openDescriptors()
        let child = try await reactor.spawn(Scenario.sleeper, onOutput: { _ in }) { continuation.yield($0) }
        reactor.kill(child)
        _ = await iterator.next()
        print("leaked \(try Scenario.openDescriptors() - before)")
        await reactor.shutdown()
    }
}
