import Glibc
import ProcessControl
import SystemPackage

/// Lets a child start processes that leave its group, ends the child in one of several ways, and says what is left when the
/// end is reported.
///
/// Every line of the child names a process by its pid.
enum Containment {
    /// How the child comes to its end.
    enum Ending: String {
        /// It is asked to stop.
        case terminate
        /// It is asked to stop and, once its leader is gone, killed.
        case stop
        /// It is killed.
        case kill
        /// Its leader is killed by somebody else.
        case crash
    }

    static func run(cgroups runDirectory: String?, ending: Ending, processes: Int, script: String) async throws {
        let cgroups = try runDirectory.map { try CgroupRoot(runDirectory: FilePath($0)) }
        let reactor = try ProcessReactor(adoptsOrphans: true, cgroups: cgroups)
        let bystander = try await reactor.spawn(Scenario.sleeper, onOutput: { _ in }, onExit: { _ in })
        let (pids, pidSink) = AsyncStream.makeStream(of: Int32.self)
        let (exits, exitSink) = AsyncStream.makeStream(of: (ProcessExit.Status, Bool).self)
        let child = try await reactor.spawn(
            Scenario.shell(script),
            onOutput: { line in
                if let pid = Int32(line.text) { pidSink.yield(pid) }
            },
            onExit: { exit in
                exitSink.yield((exit.status, exit.stopRequested))
            })
        var started: [Int32] = []
        for await pid in pids {
            started.append(pid)
            if started.count == processes { break }
        }
        await end(child, ending, on: reactor)
        for await (status, stopRequested) in exits {
            print("\(status), stop requested: \(stopRequested)")
            break
        }
        print("left: \(started.count { isAlive($0) })")
        print("bystander lives: \(isAlive(bystander.pid))")
        if let cgroups {
            print("groups: \(try groups(of: cgroups))")
        }
        await reactor.shutdown()
    }

    private static func end(_ child: ChildProcess, _ ending: Ending, on reactor: ProcessReactor) async {
        switch ending {
        case .terminate:
            reactor.terminate(child)
        case .stop:
            reactor.terminate(child)
            // The leader is to hear the request, whoever else does not.
            while isAlive(child.pid) { await Task.yield() }
            reactor.kill(child)
        case .kill:
            reactor.kill(child)
        case .crash:
            Glibc.kill(child.pid, SIGKILL)
        }
    }

    static func isAlive(_ pid: Int32) -> Bool {
        (try? ProcStat.read(pid: pid)).map { $0?.isDead == false } ?? false
    }

    /// How many cgroups of children there are.
    private static func groups(of root: CgroupRoot) throws -> Int {
        guard let stream = opendir(root.path.string) else {
            throw Errno(rawValue: errno)
        }
        defer { closedir(stream) }
        var count = 0
        while let entry = readdir(stream) {
            count += Int32(entry.pointee.d_type) == Int32(DT_DIR) ? 1 : 0
        }
        // Without this directory, the one above, and the gateway's own group.
        return count - 3
    }
}
