/// A limit of a specification that this box cannot keep as it is meant.
public enum UnappliedLimit: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Processor time is not limited.
    case cpu
    /// The memory of the child as a whole is not limited, only the data segment of each of its processes.
    case memory
    /// The number of processes is not limited.
    case processes

    /// What holds instead, and what is missing, in one phrase.
    public var description: String {
        switch self {
        case .cpu: "cpu is not limited: there is no delegated cgroup with the cpu controller"
        case .memory:
            "memory limits the data segment of each process only: "
                + "there is no delegated cgroup with the memory controller"
        case .processes: "processes are not limited: there is no delegated cgroup with the pids controller"
        }
    }
}

extension ProcessLimits {
    /// Which limits cannot be kept with some controllers.
    func unapplied(with controllers: Set<CgroupController>) -> [UnappliedLimit] {
        UnappliedLimit.allCases.filter { limit in
            switch limit {
            case .cpu: cpu != nil && !controllers.contains(.cpu)
            case .memory: memoryBytes != nil && !controllers.contains(.memory)
            case .processes: processes != nil && !controllers.contains(.pids)
            }
        }
    }
}
