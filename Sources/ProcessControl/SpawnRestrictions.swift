internal import CProcessControl
internal import Glibc
internal import SystemPackage

/// What the shim is told about a child's limits, rights and cgroup; owns what that points to.
struct SpawnRestrictions: ~Copyable {
    private let limits: [pc_resource_limit]
    private let nice: Int32?
    private let oomScoreAdjustment: CStringVector
    private let account: Account?
    private let cgroup: OwnedDescriptor?

    /// Looks up the rights and opens the cgroup.
    init(spec: ProcessSpec, containment: Containment, controllers: Set<CgroupController>) throws(ProcessControlError) {
        let account = try spec.resolveAccount()
        let directory = containment.cgroup?.path
        let descriptor = directory.map { open($0.string, O_RDONLY | O_DIRECTORY | O_CLOEXEC) } ?? -1
        if directory != nil, descriptor < 0 {
            throw SpawnStage.cgroup.failure(.latest, of: spec)
        }
        let hasMemoryCgroup = directory != nil && controllers.contains(.memory)
        self.account = account
        cgroup = OwnedDescriptor(adopting: descriptor)
        limits = spec.limits.resourceLimits(limitsMemory: !hasMemoryCgroup)
        nice = spec.limits.nice.map(Int32.init)
        oomScoreAdjustment = CStringVector([spec.limits.oomScoreAdjustment.map { String($0) }].compactMap(\.self))
    }

    /// Calls with the shim's form, which is valid during the call only.
    func withShim(_ body: (UnsafePointer<pc_restrictions>) -> Void) {
        let directory =
            switch cgroup {
            case .some(let cgroup): cgroup.rawValue
            case .none: Int32(-1)
            }
        let adjustment = UnsafePointer(oomScoreAdjustment.pointer?.pointee)
        let (account, nice) = (account, nice)
        limits.withUnsafeBufferPointer { limits in
            (account?.supplementaryGroups ?? []).withUnsafeBufferPointer { groups in
                var restrictions = pc_restrictions()
                restrictions.cgroup = directory
                restrictions.limits = limits.baseAddress
                restrictions.limit_count = limits.count
                restrictions.has_nice = nice == nil ? 0 : 1
                restrictions.nice = nice ?? 0
                restrictions.oom_score_adjustment = adjustment
                restrictions.has_user = account == nil ? 0 : 1
                restrictions.user = account?.user ?? 0
                restrictions.group = account?.group ?? 0
                restrictions.supplementary_groups = groups.baseAddress
                restrictions.supplementary_group_count = groups.count
                body(&restrictions)
            }
        }
    }
}

extension ProcessLimits {
    /// The limits of setrlimit(2).
    ///
    /// - Parameter limitsMemory: whether the data segment stands in for the memory of the child as a whole. The address space
    ///   would not do: many programs reserve far more than they use.
    /// - Returns: the limits in a fixed order.
    fileprivate func resourceLimits(limitsMemory: Bool) -> [pc_resource_limit] {
        let limits = [
            (RLIMIT_NOFILE, openFiles), (RLIMIT_CORE, coreBytes), (RLIMIT_AS, addressSpaceBytes),
            (RLIMIT_DATA, limitsMemory ? memoryBytes : nil),
        ]
        return limits.compactMap { resource, value in
            value.map { pc_resource_limit(resource: Int32(resource.rawValue), value: $0) }
        }
    }
}
