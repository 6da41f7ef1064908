import Glibc

// A gateway in miniature, for what a test process cannot do to itself: be killed, run out of descriptors, become the
// reaper of orphans. The first argument names what to do; results go to standard output, line by line.

switch CommandLine.arguments.dropFirst().first {
case "exhaust-descriptors": try await Exhaustion.run()
case "missing-null-device": try await MissingNullDevice.run()
case "adopt-orphans": try await OrphanAdoption.run()
case "gateway": try await DoomedGateway.run(records: CommandLine.arguments[2])
case "adopting-gateway": try await AdoptingGateway.run(CommandLine.arguments.dropFirst(2), usesCgroups: false)
case "enclosing-gateway": try await AdoptingGateway.run(CommandLine.arguments.dropFirst(2), usesCgroups: true)
case "cycles": try await Cycles.run(count: Int(CommandLine.arguments[2]) ?? 1)
case "contain":
    let arguments = CommandLine.arguments
    try await Containment.run(
        cgroups: arguments[2].isEmpty ? nil : arguments[2],
        ending: Containment.Ending(rawValue: arguments[3]) ?? .kill,
        processes: Int(arguments[4]) ?? 1,
        script: arguments[5]
    )
case "delegation": try await Delegation.run(runDirectory: CommandLine.arguments[2])
case "leave-cgroup": try await Delegation.leave(runDirectory: CommandLine.arguments[2])
case "clean-cgroups":
    let pids = CommandLine.arguments.dropFirst(3).compactMap { Int32($0) }
    try await Delegation.cleanUp(runDirectory: CommandLine.arguments[2], keeping: Set(pids))
case "lack-of-rights": try await LackOfRights.run()
case "change-user": try await LackOfRights.changeUser()
case "flood": try await Flood.run(bytes: Int(CommandLine.arguments[2]) ?? 0)
default:
    print("unknown mode")
    exit(64)
}
