import Glibc
import ProcessControl

/// Has a child leave a grandchild in a session of its own, and looks that it is reaped when it dies.
enum OrphanAdoption {
    static func run() async throws {
        let reactor = try ProcessReactor(adoptsOrphans: true)
        let (lines, lineSink) = AsyncStream.makeStream(of: OutputLine.self)
        let (exits, exitSink) = AsyncStream.makeStream(of: ProcessExit.self)
        var lineIterator = lines.makeAsyncIterator()
        var exitIterator = exits.makeAsyncIterator()
        let script = "setsid sh -c 'echo $$; exec sleep 1000' > /proc/self/fd/1 & wait $!"
        let child = try await reactor.spawn(Scenario.shell(script), onOutput: { lineSink.yield($0) }) {
            exitSink.yield($0)
        }
        guard let orphan = await lineIterator.next().flatMap({ Int32($0.text) }) else {
            print("no orphan")
            return
        }
        reactor.kill(child)
        _ = await exitIterator.next()
        print("parent is the reactor's process: \(parent(of: orphan) == getpid())")
        kill(orphan, SIGKILL)
        // The kernel tells nobody that a process was reaped, so there is no event to wait for; a zombie would stay for
        // ever, and the test's time limit would show it.
        while kill(orphan, 0) == 0 {
            try await Task.sleep(for: .milliseconds(1))
        }
        print("orphan reaped")
        await reactor.shutdown()
    }

    private static func parent(of pid: Int32) -> Int32? {
        guard let file = fopen("/proc/\(pid)/stat", "r") else {
            return nil
        }
        defer { fclose(file) }
        var content = [UInt8](repeating: 0, count: 1024)
        let count = fread(&content, 1, content.count, file)
        let text = String(decoding: content[..<count], as: UTF8.self)
        let fields = text.split(separator: ") ").last?.split(separator: " ") ?? []
        return fields.count > 1 ? Int32(fields[1]) : nil
    }
}
