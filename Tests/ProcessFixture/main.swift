import Glibc

// A gateway in miniature, for what a test process cannot do to itself: be killed, run out of descriptors, become the
// reaper of orphans. The first argument names what to do; results go to standard output, line by line.

switch CommandLine.arguments.dropFirst().first {
case "exhaust-descriptors": try await Exhaustion.run()
case "missing-null-device": try await MissingNullDevice.run()
case "adopt-orphans": try await OrphanAdoption.run()
case "gateway": try await DoomedGateway.run(records: CommandLine.arguments[2])
case "adopting-gateway": try await AdoptingGateway.run(CommandLine.arguments.dropFirst(2))
case "cycles": try await Cycles.run(count: Int(CommandLine.arguments[2]) ?? 1)
default:
    print("unknown mode")
    exit(64)
}
