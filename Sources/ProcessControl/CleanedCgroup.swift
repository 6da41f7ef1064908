public import SystemPackage

/// What was done about the cgroup of a child of an earlier gateway.
public struct CleanedCgroup: Equatable, Sendable {
    /// Its directory.
    public let path: FilePath
    /// How many processes were left in it.
    public let processes: Int
    /// Whether it is empty and removed now; one with a process that hangs in the kernel is not.
    public let isRemoved: Bool
}
