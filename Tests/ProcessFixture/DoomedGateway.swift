import Glibc
import ProcessControl
import SystemPackage

/// Starts recorded children and waits to be killed.
enum DoomedGateway {
    static func run(records: String) async throws {
        let reactor = try ProcessReactor(records: ChildRecordDirectory(path: FilePath(records)))
        let scripts = [
            "obedient": "exec sleep 1000",
            "stubborn": "trap '' TERM; while :; do sleep 1000; done",
            "halved": "sleep 1000 & exec sleep 1001",
        ]
        for (name, script) in scripts {
            let child = try await reactor.spawn(
                Scenario.shell(script),
                recordedAs: "plant/\(name)",
                onOutput: { _ in },
                onExit: { _ in }
            )
            Scenario.say("\(name) \(child.pid) \(child.startTicks)")
        }
        Scenario.say("ready")
        while true {
            try await Task.sleep(for: .seconds(1000))
        }
    }
}
