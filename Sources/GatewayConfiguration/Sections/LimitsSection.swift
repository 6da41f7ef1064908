/// What a program may use, and as whom it runs; nil is as the gateway has it.
public struct LimitsSection: Sendable, Equatable {
    /// The user, by name or number.
    public let user: String?
    /// The group, by name or number; nil is the user's own.
    public let group: String?
    /// Open descriptors at a time.
    public let nofile: Int?
    /// Size of a core file.
    public let core: ByteCount?
    /// Size of the address space.
    public let addressSpace: ByteCount?
    /// Priority, from -20 (first) to 19 (last).
    public let nice: Int?
    /// How soon the kernel ends the program where memory is short, from -1000 (never) to 1000 (first).
    public let oomScoreAdjustment: Int?
    /// Processor cores, such as 0.5.
    public let cpu: Double?
    /// Memory of the program and all that it starts.
    public let memory: ByteCount?
    /// Processes and threads at a time.
    public let processes: Int?

    init(_ object: ConfigurationObject) {
        user = object[LimitsSchema.user]
        group = object[LimitsSchema.group]
        nofile = object[LimitsSchema.nofile]
        core = object[LimitsSchema.core]
        addressSpace = object[LimitsSchema.addressSpace]
        nice = object[LimitsSchema.nice]
        oomScoreAdjustment = object[LimitsSchema.oomScoreAdjustment]
        cpu = object[LimitsSchema.cpu]
        memory = object[LimitsSchema.memory]
        processes = object[LimitsSchema.processes]
    }
}
