/// What all children together may use.
public struct BoxLimitsSection: Sendable, Equatable {
    /// The ports that flows get for their metrics and health, on 127.0.0.1; one each.
    public let flowPorts: ClosedRange<Int>
    /// Size of all files with output of children.
    public let logBytes: ByteCount
    /// Children with the weight heavy that may start at a time.
    public let heavyStarts: Int

    init(_ object: ConfigurationObject) {
        let ports = object[BoxLimitsSchema.flowPorts]
        let first = ports[PortRangeSchema.first]
        // Validation has refused a last port below the first.
        flowPorts = first...max(first, ports[PortRangeSchema.last])
        logBytes = object[BoxLimitsSchema.logBytes]
        heavyStarts = object[BoxLimitsSchema.heavyStarts]
    }
}
