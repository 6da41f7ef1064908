import GatewayConfiguration
import Supervision

extension ChildOutputSettings {
    /// What a configuration says of the output of all programs.
    init(_ configuration: GatewayConfiguration) {
        self.init(boxBytes: configuration.limits.logBytes.bytes)
        for process in configuration.processes { set(process.execution, process.place) }
        for flow in configuration.flows { set(flow.execution, flow.place) }
        for converter in configuration.converters {
            for flow in [converter.read, converter.write].compactMap(\.self) { set(flow.execution, flow.place) }
        }
        if let broker = configuration.broker { set(broker.execution, broker.place) }
    }

    private mutating func set(_ execution: ExecutionSection, _ place: ChildPlace) {
        children[HierarchyPath(place.path)] = ChildOutputLimits(
            linesPerSecond: execution.output.linesPerSecond,
            burst: execution.output.burst,
            fileBytes: execution.output.fileSize.bytes,
            fileCount: execution.output.files
        )
    }
}
