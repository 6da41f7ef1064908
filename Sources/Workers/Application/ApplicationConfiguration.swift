public import Supervision

/// The configuration of an application worker: the children it holds together.
public struct ApplicationConfiguration: InnerConfiguration {
    /// The children, in the order in which they were declared.
    public let children: [ChildSpec]

    /// Creates a configuration.
    public init(children: [ChildSpec]) {
        self.children = children
    }
}
