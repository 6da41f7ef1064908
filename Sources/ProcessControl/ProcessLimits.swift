/// What a child may use at most, and how the kernel is to prefer it; nil leaves what the gateway itself has.
public struct ProcessLimits: Equatable, Sendable {
    /// The open files of each process (RLIMIT_NOFILE), 16 or more.
    public var openFiles: UInt64?
    /// The largest core dump in bytes (RLIMIT_CORE); 0 prevents core dumps.
    public var coreBytes: UInt64?
    /// The address space of each process in bytes (RLIMIT_AS), 1 MiB or more.
    ///
    /// Programs that reserve address space in advance, as Go and Seastar programs do, fail with less than they reserve.
    public var addressSpaceBytes: UInt64?
    /// The scheduling priority, -20 (first) to 19 (last).
    public var nice: Int?
    /// The preference of the kernel when memory runs out: -1000 (never this one) to 1000 (this one first).
    public var oomScoreAdjustment: Int?
    /// The processors that the child and its descendants may use together, as a decimal, 0.01 to 10,000.
    ///
    /// Needs a cgroup with the cpu controller.
    public var cpu: Double?
    /// The memory that the child and its descendants may use together in bytes, 1 MiB or more.
    ///
    /// Without a cgroup that has the memory controller, it limits the data segment of each process (RLIMIT_DATA) instead.
    public var memoryBytes: UInt64?
    /// The processes and threads that the child and its descendants may be together, 1 or more.
    ///
    /// Needs a cgroup with the pids controller.
    public var processes: Int?

    /// Limits; what is not given is not limited.
    ///
    /// - Parameters:
    ///   - openFiles: the open files of each process, 16 or more.
    ///   - coreBytes: the largest core dump in bytes.
    ///   - addressSpaceBytes: the address space of each process in bytes, 1 MiB or more.
    ///   - nice: the scheduling priority, -20 to 19.
    ///   - oomScoreAdjustment: the preference of the kernel when memory runs out, -1000 to 1000.
    ///   - cpu: the processors to use, as a decimal, 0.01 to 10,000.
    ///   - memoryBytes: the memory in bytes, 1 MiB or more.
    ///   - processes: the number of processes and threads, 1 or more.
    public init(
        openFiles: UInt64? = nil,
        coreBytes: UInt64? = nil,
        addressSpaceBytes: UInt64? = nil,
        nice: Int? = nil,
        oomScoreAdjustment: Int? = nil,
        cpu: Double? = nil,
        memoryBytes: UInt64? = nil,
        processes: Int? = nil
    ) {
        self.openFiles = openFiles
        self.coreBytes = coreBytes
        self.addressSpaceBytes = addressSpaceBytes
        self.nice = nice
        self.oomScoreAdjustment = oomScoreAdjustment
        self.cpu = cpu
        self.memoryBytes = memoryBytes
        self.processes = processes
    }

    /// The first value that the kernel would refuse or that no program could run with; nil if there is none.
    var problem: String? {
        let leastMemory: UInt64 = 1024 * 1024
        // With fewer, a dynamic program cannot open its libraries.
        if let openFiles, openFiles < 16 {
            return "the limit of open files is \(openFiles), at least 16 are needed"
        }
        if let addressSpaceBytes, addressSpaceBytes < leastMemory {
            return "the limit of address space is \(addressSpaceBytes) bytes, at least 1 MiB is needed"
        }
        if let nice, !(-20...19).contains(nice) {
            return "the nice value \(nice) is not between -20 and 19"
        }
        if let oomScoreAdjustment, !(-1000...1000).contains(oomScoreAdjustment) {
            return "the OOM score adjustment \(oomScoreAdjustment) is not between -1000 and 1000"
        }
        // The kernel's shortest quota is 1 ms of a period of 100 ms; NaN is in no range.
        if let cpu, !(0.01...10_000).contains(cpu) {
            return "the processor limit \(cpu) is not between 0.01 and 10,000"
        }
        if let memoryBytes, memoryBytes < leastMemory {
            return "the memory limit is \(memoryBytes) bytes, at least 1 MiB is needed"
        }
        if let processes, processes < 1 {
            return "the limit of processes is \(processes), at least 1 is needed"
        }
        return nil
    }
}
