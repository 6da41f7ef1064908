/// How a program's health is asked for.
public struct ProbesSection: Sendable, Equatable {
    /// Tells that the program has started; the other probes wait for it.
    public let startup: ProbeSection?
    /// Tells that the program can do its work.
    public let readiness: ProbeSection?
    /// Tells that the program need not be restarted.
    public let liveness: ProbeSection?

    init(_ object: ConfigurationObject, folder: ConfigurationFolder) {
        startup = object[ProbesSchema.startup].flatMap { ProbeSection($0, .startup, folder: folder) }
        readiness = object[ProbesSchema.readiness].flatMap { ProbeSection($0, .readiness, folder: folder) }
        liveness = object[ProbesSchema.liveness].flatMap { ProbeSection($0, .liveness, folder: folder) }
    }
}
