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

extension ChildSections {
    /// How many nodes there are below the root of the tree, groups and the parts of protocol converters included.
    public var count: Int {
        let parts = converters.map { 1 + [$0.read, $0.write].count { $0 != nil } }
        return (broker == nil ? 0 : 1) + processes.count + flows.count + groups.count + converters.count
            + parts.reduce(0, +)
    }
}
