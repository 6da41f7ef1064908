import GatewayConfiguration
import Supervision
import SystemPackage
import Workers
import YAML

extension ChildSpecBuilder {
    /// The specification of a flow.
    func make(_ flow: FlowSection) -> ChildSpec {
        spec(
            flow.place,
            BenthosWorker.type,
            BenthosConfiguration(
                command: command(flow.command, flow.execution, workingDirectory: flow.workingDirectory),
                document: flow.document,
                restart: RestartPolicy(flow.execution.restart),
                shutdownTime: flow.shutdown.total,
                stallAfter: flow.stallAfter,
                startTimeout: flow.startTimeout
            ),
            startupGrace: flow.startTimeout
        )
    }

    /// The specification of the broker.
    func make(_ broker: BrokerSection) -> ChildSpec {
        let folder = FilePath(dataDirectory).appending("redpanda").string
        return spec(
            broker.place,
            RedpandaWorker.type,
            RedpandaConfiguration(
                command: command(broker.command, broker.execution),
                resources: BrokerResources(
                    memory: Int64(broker.memory.bytes),
                    cores: broker.cores,
                    arguments: broker.arguments
                ),
                document: BrokerDocument(
                    dataDirectory: broker.dataDirectory ?? folder,
                    kafka: BrokerDocument.Listener(broker.listeners.kafka),
                    admin: BrokerDocument.Listener(broker.listeners.admin),
                    rpc: BrokerDocument.Listener(broker.listeners.rpc),
                    isInDeveloperMode: broker.isInDeveloperMode,
                    properties: broker.properties
                ),
                properties: broker.cluster.mapValues(BrokerProperty.init),
                restart: RestartPolicy(broker.execution.restart),
                stopTimeout: broker.times.stopTimeout,
                startupTimeout: broker.times.startupTimeout,
                idleAfter: broker.times.idleAfter
            ),
            startupGrace: broker.times.startupTimeout
        )
    }

    /// The specification of a connection.
    func make(_ connection: ConnectionSection) -> ChildSpec {
        spec(
            connection.place,
            ConnectionWorker.type,
            ConnectionConfiguration(
                host: connection.endpoint.host,
                port: connection.endpoint.port,
                period: connection.period,
                timeout: connection.timeout,
                failureThreshold: connection.failureThreshold,
                flapWindow: connection.flapWindow,
                flapThreshold: connection.flapThreshold
            ),
            startupGrace: .zero
        )
    }

    /// The specification of a protocol converter and of its parts.
    func make(_ converter: ProtocolConverterSection) -> ChildSpec {
        let flows = [converter.read, converter.write].compactMap(\.self).map(make)
        return spec(
            converter.place,
            ProtocolConverterWorker.type,
            ProtocolConverterConfiguration(children: [make(converter.connection)] + flows),
            startupGrace: .zero
        )
    }
}

extension BrokerDocument.Listener {
    fileprivate init(_ endpoint: Endpoint) {
        self.init(host: endpoint.host, port: endpoint.port)
    }
}

extension BrokerProperty {
    fileprivate init(_ property: ClusterProperty) {
        switch property {
        case .string(let text): self = .string(text)
        case .integer(let number): self = .integer(number)
        case .decimal(let number): self = .decimal(number)
        case .boolean(let truth): self = .boolean(truth)
        }
    }
}
