/// Everything that runs: the children of the root, and of the groups below it.
public struct ChildSections: Sendable, Equatable {
    /// The broker, if the box has one.
    public let broker: BrokerSection?
    /// The programs to run, in the order of the files.
    public let processes: [ProcessSection]
    /// The flows, in the order of the files.
    public let flows: [FlowSection]
    /// The protocol converters, in the order of the files.
    public let converters: [ProtocolConverterSection]
    /// The nodes that hold processes and flows of one group, in the order of their first appearance.
    public let groups: [ProcessGroup]
}
