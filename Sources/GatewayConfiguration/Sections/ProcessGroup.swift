/// A node that holds the processes of one group.
public struct ProcessGroup: Sendable, Equatable {
    /// The name, unique among groups and processes of the top level.
    public let name: String
    /// Names of other nodes of the top level that must be ready before any process of the group starts, each once.
    public let dependsOn: [String]
}
