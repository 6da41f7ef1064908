import Glibc
import ProcessControl

/// Has a child leave a grandchild that bears no sign of where it comes from, and looks that it is reaped when it dies.
enum OrphanAdoption {
    static func run() async throws {
        let reactor = try ProcessReactor(adoptsOrphans: true)
        let (lines, lineSink) = AsyncStream.makeStream(of: OutputLine.self)
        let (exits, exitSink) = AsyncStream.makeStream(of: ProcessExit.self)
        var lineIterator = lines.makeAsyncIterator()
        var exitIterator = exits.makeAsyncIterator()
        // The parents of the grandchild are gone when "left" is written.
        let script = "(setsid env -i /bin/sh -c 'echo $$; exec /bin/sleep 1000' &); echo left; exec sleep 1001"
        let child = try await reactor.spawn(Scenario.shell(script), onOutput: { lineSink.yield($0) }) {
            exitSink.yield($0)
        }
        let written = [await lineIterator.next()?.text, await lineIterator.next()?.text].compactMap(\.self)
        guard written.contains("left"), let orphan = written.compactMap({ Int32($0) }).first else {
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
