import Glibc
import ProcessControl
import SystemPackage

/// What a gateway does with a cgroup that is delegated to it.
enum Delegation {
    /// Finds the group, starts a child in it, and says what it uses.
    static func run(runDirectory: String) async throws {
        let root: CgroupRoot
        do {
            root = try CgroupRoot(runDirectory: FilePath(runDirectory))
        } catch {
            print("\(error.code.rawValue)")
            return
        }
        print("root \(root.path)")
        print("own \(try membership("/proc/self/cgroup"))")
        let reactor = try ProcessReactor(cgroups: root)
        let (lines, lineSink) = AsyncStream.makeStream(of: String.self)
        let (exits, exitSink) = AsyncStream.makeStream(of: ProcessExit.self)
        let work = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"
        let script = "cat /proc/self/cgroup; setsid -w sh -c '\(work)'; echo worked; exec sleep 1000"
        let child = try await reactor.spawn(
            Scenario.shell(script),
            recordedAs: "plant/flow 1",
            onOutput: { lineSink.yield($0.text) },
            onExit: { exitSink.yield($0) }
        )
        for await line in lines {
            if line == "worked" { break }
            if line.hasPrefix("0::") { print("child \(line.dropFirst(3))") }
        }
        let whole = try ProcessStatistics.read(child)
        let alone = try ProcessStatistics.read(pid: child.pid)
        print("descendants count: \(whole.cpuTime > alone.cpuTime && whole.cpuTime > .milliseconds(10))")
        print("memory counts: \(whole.residentBytes > 0)")
        reactor.kill(child)
        for await exit in exits {
            print("usage counts: \(exit.usage.userTime + exit.usage.systemTime >= whole.cpuTime)")
            break
        }
        await reactor.shutdown()
    }

    /// Starts a child with an escapee, and waits to be killed.
    static func leave(runDirectory: String) async throws {
        let root = try CgroupRoot(runDirectory: FilePath(runDirectory))
        let reactor = try ProcessReactor(cgroups: root)
        let script = "(setsid sh -c 'echo $$; trap \"\" TERM; while :; do sleep 1000; done' &); exec sleep 1000"
        let child = try await reactor.spawn(
            Scenario.shell(script),
            recordedAs: "plant/left",
            onOutput: { Scenario.say($0.text) },
            onExit: { _ in }
        )
        Scenario.say("\(child.pid)")
        while true {
            try await Task.sleep(for: .seconds(1000))
        }
    }

    /// Removes what an earlier gateway has left.
    static func cleanUp(runDirectory: String, keeping pids: Set<Int32>) async throws {
        let root = try CgroupRoot(runDirectory: FilePath(runDirectory))
        for cleaned in try await root.removeLeftovers(grace: .zero, keeping: pids) {
            let name = cleaned.path.lastComponent?.string.drop { $0 != "." } ?? ""
            print("\(name) \(cleaned.processes) \(cleaned.isRemoved)")
        }
        print("done")
    }

    private static func membership(_ file: String) throws -> String {
        let descriptor = try FileDescriptor.open(FilePath(file), .readOnly)
        return try descriptor.closeAfter {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n")
            return String(lines.first { $0.hasPrefix("0::") }?.dropFirst(3) ?? "")
        }
    }
}
