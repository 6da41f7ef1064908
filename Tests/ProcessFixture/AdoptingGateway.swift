import Glibc
import ProcessControl
import SystemPackage

/// Takes over the child that the last gateway has left, or starts it, and says what it hears from it until it is killed.
enum AdoptingGateway {
    /// Runs until it is killed; the arguments are the record directory, the executable, and the executable's arguments;
    /// its child gets a cgroup of its own if asked for.
    static func run(_ arguments: ArraySlice<String>, usesCgroups: Bool) async throws {
        let words = Array(arguments)
        let records = try ChildRecordDirectory(path: FilePath(words[0]))
        let cgroups = usesCgroups ? try CgroupRoot(runDirectory: records.path) : nil
        let reactor = try ProcessReactor(records: records, adoptsOrphans: true, cgroups: cgroups)
        var spec = ProcessSpec(
            executable: FilePath(words[1]),
            arguments: Array(words[2...]),
            environment: ["PATH": ProcessEnvironment.defaultPath]
        )
        spec.onGatewayRestart = .adopt
        spec.notifyDescriptor = 5
        let found = try await StrayCleaner(directory: records)
            .cleanUp(grace: .seconds(1), adopting: { [spec] in $0.matches(spec) })
        for stray in found.cleaned {
            Scenario.say("cleaned \(stray.outcome)")
        }
        let kept = Set(found.adoptable.map(\.pid))
        for group in try await cgroups?.removeLeftovers(grace: .seconds(1), keeping: kept) ?? [] {
            Scenario.say("removed \(group.path)")
        }
        if found.adoptable.isEmpty {
            let child = try await reactor.spawn(
                spec,
                recordedAs: "plant/broker",
                onOutput: { Scenario.say("out \($0.text)") },
                onNotify: { Scenario.say("notified") },
                onExit: { Scenario.say("ended \($0.status)") }
            )
            Scenario.say("started \(child.pid)")
        }
        for adoptable in found.adoptable {
            let child = try await reactor.adopt(
                adoptable,
                onOutput: { Scenario.say("out \($0.text)") },
                onNotify: { Scenario.say("notified") },
                onExit: { Scenario.say("ended \($0.status)") }
            )
            Scenario.say("adopted \(child.pid)")
        }
        while true {
            try await Task.sleep(for: .seconds(1000))
        }
    }
}
