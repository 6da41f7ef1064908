import ProcessControl
import Synchronization

/// Reads a child that writes without ever ending a line, and says how much memory that took.
enum Flood {
    static func run(bytes: Int) async throws {
        let reactor = try ProcessReactor()
        let (exits, sink) = AsyncStream.makeStream(of: ProcessExit.self)
        let seen = Mutex(0)
        let before = try ProcessStatistics.readOwn().residentBytes
        _ = try await reactor.spawn(
            Scenario.shell("head -c \(bytes) /dev/zero | tr '\\0' x"),
            onOutput: { line in seen.withLock { $0 += line.text.utf8.count + line.droppedBytes } },
            onExit: { sink.yield($0) }
        )
        for await _ in exits { break }
        let after = try ProcessStatistics.readOwn().residentBytes
        print("seen: \(seen.withLock { $0 })")
        print("bounded: \(after < before + UInt64(bytes) / 4)")
        await reactor.shutdown()
    }
}
