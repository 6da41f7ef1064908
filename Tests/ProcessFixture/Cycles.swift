import Glibc
import ProcessControl

/// Starts and kills one child after the other, and says what it took.
enum Cycles {
    static func run(count: Int) async throws {
        let reactor = try ProcessReactor()
        let (exits, sink) = AsyncStream.makeStream(of: ContinuousClock.Instant.self)
        var iterator = exits.makeAsyncIterator()
        var spawning: [Duration] = []
        var ending: [Duration] = []
        var before = 0
        for cycle in 0...count {
            let start = ContinuousClock.now
            let child = try await reactor.spawn(Scenario.sleeper, onOutput: { _ in }) { _ in sink.yield(.now) }
            spawning.append(start.duration(to: .now))
            let killed = ContinuousClock.now
            kill(child.pid, SIGKILL)
            if let ended = await iterator.next() {
                ending.append(killed.duration(to: ended))
            }
            // The first cycle opens what the runtime opens once.
            if cycle == 0 {
                before = try Scenario.openDescriptors()
            }
        }
        print("leaked \(try Scenario.openDescriptors() - before)")
        print("spawn median \(Scenario.median(spawning)) us, kill to exit median \(Scenario.median(ending)) us")
        print("slowest kill to exit \(Int((ending.max() ?? .zero) / .microseconds(1))) us")
        await reactor.shutdown()
    }
}
