/// What a process has used over its life, as getrusage(2) counts it.
public struct ResourceUsage: Equatable, Sendable {
    /// The processor time in the program itself.
    public let userTime: Duration
    /// The processor time in the kernel on its behalf.
    public let systemTime: Duration
    /// The largest resident memory, in bytes.
    public let maxResidentBytes: UInt64

    /// Both figures of the same child, of which either may have missed something.
    func including(_ other: ResourceUsage) -> ResourceUsage {
        ResourceUsage(
            userTime: max(userTime, other.userTime),
            systemTime: max(systemTime, other.systemTime),
            maxResidentBytes: max(maxResidentBytes, other.maxResidentBytes)
        )
    }
}
