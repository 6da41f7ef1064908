import NIOCore
import Standins

/// Makes the ends of a flow from its configuration.
struct FlowParts {
    /// Where the input stands.
    let inputPlace: ComponentPlace
    /// Where the output stands.
    let outputPlace: ComponentPlace

    /// A Kafka client tries much less often for the first connection than others do, as measured.
    private static let kafkaRetries = RetrySchedule([.seconds(7)])
    /// Named in provoked errors of ends that have no other side.
    private static let nowhere = HostPort(host: "127.0.0.1", port: 9)

    private let configuration: FlowConfiguration
    private let metrics: FlowMetrics
    private let provocation: FlowProvocation
    private let group: any EventLoopGroup

    /// Prepares the parts.
    ///
    /// - Parameters:
    ///   - configuration: what to make
    ///   - metrics: the numbers of the flow
    ///   - provocation: may disturb the flow
    ///   - group: the event loops to use
    init(
        _ configuration: FlowConfiguration,
        metrics: FlowMetrics,
        provocation: FlowProvocation,
        group: any EventLoopGroup
    ) {
        self.configuration = configuration
        self.metrics = metrics
        self.provocation = provocation
        self.group = group
        inputPlace = ComponentPlace(label: configuration.input.label, path: "root.input")
        let path = configuration.output.isResource ? "root.output_resources" : "root.output"
        outputPlace = ComponentPlace(label: configuration.output.label, path: path)
    }

    /// The pauses between attempts to connect the input.
    var inputRetries: RetrySchedule {
        if case .kafka = configuration.input.kind { Self.kafkaRetries } else { RetrySchedule() }
    }

    /// The pauses between attempts to connect the output.
    var outputRetries: RetrySchedule {
        if case .kafka = configuration.output.kind { Self.kafkaRetries } else { RetrySchedule() }
    }

    /// The other side of the input.
    var inputRemote: HostPort {
        switch configuration.input.kind {
        case .socket(let remote), .kafka(_, let remote, _, _): remote
        case .standardInput, .generate, .file, .httpServer: Self.nowhere
        }
    }

    /// The other side of the output.
    var outputRemote: HostPort {
        switch configuration.output.kind {
        case .socket(let remote), .kafka(_, let remote, _): remote
        case .webSocket(let url): HTTPTargetAddress(url, scheme: "ws")?.remote ?? Self.nowhere
        case .standardOutput, .drop, .file, .http: Self.nowhere
        }
    }

    /// Makes the source.
    ///
    /// - Returns: the source, and the same once more where clients post to it
    /// - Throws: where a field holds nonsense
    func source() throws(StandinError) -> (any MessageSource, HTTPServerSource?) {
        switch configuration.input.kind {
        case .standardInput: return (StandardInputSource(), nil)
        case .generate(let interval, let count, let mapping):
            do throws(StandinError) {
                return (try GenerateSource(interval: interval, count: count, mapping: mapping), nil)
            } catch {
                throw StandinError("failed to init input '\(inputPlace.label)' path \(inputPlace.path): \(error)")
            }
        case .file(let paths): return (FileSource(paths: paths), nil)
        case .socket(let remote): return (SocketSource(remote, on: group), nil)
        case .httpServer(let path):
            let server = HTTPServerSource(path: path)
            return (server, server)
        case .kafka(let type, let seed, let topic, let consumers):
            let link = link(inputPlace, seed, .consumer(group: consumers))
            let name = type == "redpanda" ? "redpanda_lag" : "kafka_lag"
            let (metrics, place, provocation) = (metrics, inputPlace, provocation)
            return (
                KafkaSource(topic: topic, link: link) { lag in
                    metrics.lag(name, place, topic: topic).set(provocation.lag ?? lag)
                }, nil
            )
        }
    }

    /// Makes the sink.
    func sink() -> any MessageSink {
        switch configuration.output.kind {
        case .standardOutput: StandardOutputSink()
        case .drop: DropSink()
        case .file(let path): FileSink(path: path)
        case .socket(let remote): SocketSink(remote, on: group)
        case .webSocket(let url): WebSocketSink(url, on: group)
        case .http(let target): HTTPClientSink(target: target, group: group, metrics: metrics, place: outputPlace)
        case .kafka(_, let seed, let topic):
            KafkaSink(topic: topic, link: link(outputPlace, seed, .producer(topic: topic)))
        }
    }

    private func link(_ place: ComponentPlace, _ seed: HostPort, _ role: KafkaWarnings.Role) -> KafkaLink {
        let warnings = KafkaWarnings(configuration.logger.of(place), seed, role)
        return KafkaLink(seed, on: group, warnings: warnings, provocation: provocation)
    }
}
