import Glibc
import ProcessControl
import SystemPackage

/// Asks for what only root may have, and says how that is refused.
enum LackOfRights {
    static func run() async throws {
        let reactor = try ProcessReactor()
        let limits: [ProcessLimits] = [
            ProcessLimits(openFiles: 1 << 20), ProcessLimits(nice: -5), ProcessLimits(oomScoreAdjustment: -500),
        ]
        var lowered = rlimit(rlim_cur: 1000, rlim_max: 1000)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &lowered)
        for limits in limits {
            await attempt(ProcessSpec(executable: "/bin/true", limits: limits), on: reactor)
        }
        await attempt(ProcessSpec(executable: "/bin/true", user: "root"), on: reactor)
        await attempt(ProcessSpec(executable: "/bin/true", group: "root"), on: reactor)
        await attempt(ProcessSpec(executable: "/bin/true", user: "\(geteuid())", group: "\(getegid())"), on: reactor)
        await reactor.shutdown()
    }

    /// Starts a child as another user, and says whether this process still owns its files in /proc.
    static func changeUser() async throws {
        let reactor = try ProcessReactor()
        await attempt(ProcessSpec(executable: "/bin/true", user: "daemon"), on: reactor)
        let environment = open("/proc/self/environ", O_RDONLY | O_CLOEXEC)
        print("environment readable: \(environment >= 0)")
        await reactor.shutdown()
    }

    private static func attempt(_ spec: ProcessSpec, on reactor: ProcessReactor) async {
        let (exits, sink) = AsyncStream.makeStream(of: ProcessExit.self)
        do {
            _ = try await reactor.spawn(spec, onOutput: { _ in }, onExit: { sink.yield($0) })
            for await exit in exits {
                print("\(exit.status)")
                break
            }
        } catch {
            print("\(error.stage?.rawValue ?? "no stage") \(error.errno?.rawValue ?? 0)")
        }
    }
}
