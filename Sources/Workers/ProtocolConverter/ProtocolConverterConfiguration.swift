public import Supervision

/// The configuration of a protocol converter's worker: the connection to a device, and the flows from it and to it.
public struct ProtocolConverterConfiguration: InnerConfiguration {
    /// The name of the child that watches the device.
    public static let connection = "connection"

    /// The connection and the flows.
    public let children: [ChildSpec]

    /// Creates a configuration.
    ///
    /// - Parameter children: the child named ``connection``, and one or two flows that depend on it.
    public init(children: [ChildSpec]) {
        self.children = children
    }
}
