public import Supervision

/// A device with the flows from it and to it.
public struct ProtocolConverterWorker: InnerWorker {
    /// The connection and the flows.
    public typealias Configuration = ProtocolConverterConfiguration
    /// What its children are up to, in a word.
    public typealias State = ProtocolConverterState

    /// The name of this kind of worker.
    public static let type: WorkerType = "protocolConverter"
    /// The state in which a new child begins.
    public static let initialState = ProtocolConverterState(summary: .stopped)

    /// Creates a protocol converter's worker.
    public init() {}
}
