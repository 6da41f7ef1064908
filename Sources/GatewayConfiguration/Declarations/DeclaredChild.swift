/// A child as YAML declares it: rendered, validated, defaults filled in.
public struct DeclaredChild: Sendable, Equatable {
    /// What a worker type needs to know.
    public enum Payload: Sendable, Equatable {
        /// A program to run; its path, dependencies, mapping and enablement are those of the declaration.
        case process(ProcessSection)
        /// A node that holds other children together, in the order of the text.
        case application([DeclaredChild])
        /// The broker of the box; its path, dependencies, mapping and enablement are those of the declaration.
        case broker(BrokerSection)
        /// A flow, likewise.
        case flow(FlowSection)
        /// A connection to a device or a server, likewise.
        case connection(ConnectionSection)
        /// A device with the flows from it and to it, likewise.
        case protocolConverter(ProtocolConverterSection)
        /// The configuration of a worker type that is known by name only, for its own code to read.
        ///
        /// Expressions are replaced; nothing else has been checked.
        case custom([String: VariableValue])
    }

    /// The name, unique among the siblings that were loaded with it.
    public let name: String
    /// The kind of child: one of the known worker types.
    public let workerType: String
    /// What the worker type needs to know.
    public let payload: Payload
    /// What the child is to do while its parent is in a certain state; other states leave it alone.
    public let stateMapping: [String: MappedState]
    /// Names of siblings that must be ready first, each once.
    public let dependsOn: [String]
    /// Whether the child is to run.
    public let isEnabled: Bool
    /// Where the child stands, composed with the locations above it.
    public let location: LocationSection
    /// Where the declaration is written, for problems that show only later.
    public let place: ConfigurationSource
}
