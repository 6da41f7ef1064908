import Glibc
import ProcessControl
import SystemPackage

/// Starts recorded children and waits to be killed.
enum DoomedGateway {
    static func run(records: String) async throws {
        let reactor = try ProcessReactor(records: ChildRecordDirectory(path: FilePath(records)), adoptsOrphans: true)
        let scripts = [
            "obedient": "exec sleep 1000",
            "stubborn": "trap '' TERM; while :; do sleep 1000; done",
            "halved": "sleep 1000 & exec sleep 1001",
            "left": "(setsid sh -c 'echo escapee $$ .; exec sleep 1000' &); exec sleep 1001",
        ]
        let (escapees, escapee) = AsyncStream.makeStream(of: String.self)
        for (name, script) in scripts {
            let child = try await reactor.spawn(
                Scenario.shell(script),
                recordedAs: "plant/\(name)",
                onOutput: { escapee.yield($0.text) },
                onExit: { _ in }
            )
            Scenario.say("\(name) \(child.pid) \(child.startTicks)")
        }
        if let line = await escapees.first(where: { _ in true }) {
            Scenario.say(line)
        }
        Scenario.say("ready")
        while true {
            try await Task.sleep(for: .seconds(1000))
        }
    }
}
