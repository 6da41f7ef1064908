/// A kernel controller of cgroup v2 that children's limits need; the raw value is the kernel's name.
public enum CgroupController: String, Hashable, Sendable, CaseIterable {
    /// Limits processor time.
    case cpu
    /// Limits and accounts memory.
    case memory
    /// Limits the number of processes and threads.
    case pids

    /// The controllers in a file such as `cgroup.controllers`; others are passed over.
    package static func parse(_ content: [UInt8]) -> Set<CgroupController> {
        let names = content.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        return Set(names.compactMap { CgroupController(rawValue: String(decoding: $0, as: UTF8.self)) })
    }
}

extension ProcessLimits {
    /// The period of `cpu.max` in microseconds: the kernel's default.
    private static let cpuPeriod = 100_000.0

    /// What is written to which file of a cgroup whose controllers are these.
    package func cgroupSettings(with controllers: Set<CgroupController>) -> [(file: String, value: String)] {
        var settings: [(file: String, value: String)] = []
        if let cpu, controllers.contains(.cpu) {
            let quota = UInt64((cpu * Self.cpuPeriod).rounded())
            settings.append(("cpu.max", "\(quota) \(UInt64(Self.cpuPeriod))"))
        }
        if let memoryBytes, controllers.contains(.memory) {
            settings.append(("memory.max", "\(memoryBytes)"))
        }
        if let processes, controllers.contains(.pids) {
            settings.append(("pids.max", "\(processes)"))
        }
        return settings
    }
}
