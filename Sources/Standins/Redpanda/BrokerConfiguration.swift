import Standins
import YAML

/// The part of a `redpanda.yaml` that the stand-in lives by.
struct BrokerConfiguration: Sendable, Equatable {
    /// Where the broker keeps its data.
    var dataDirectory = "/var/lib/redpanda/data"
    /// Where Kafka clients connect.
    var kafka = HostPort(host: "127.0.0.1", port: 9092)
    /// Where the admin API listens.
    var admin = HostPort(host: "127.0.0.1", port: 9644)
    /// Where other brokers connect.
    var rpc = HostPort(host: "127.0.0.1", port: 33145)
    /// Whether producing to an unknown topic creates it.
    var createsTopics = false

    /// Reads a file.
    ///
    /// - Parameter path: a `redpanda.yaml`
    /// - Throws: where it cannot be read or parsed, or a value has the wrong kind
    init(file path: String) throws(StandinError) {
        let bytes = try FileText.read(path)
        let root: YAMLNode?
        do throws(YAMLError) {
            root = try YAMLParser.parse(bytes: bytes)
        } catch {
            throw StandinError("\(path): \(error)")
        }
        guard let section = root?["redpanda"] else { throw StandinError("\(path): key 'redpanda' is missing") }
        if let directory = section["data_directory"]?.scalar { dataDirectory = directory.text }
        createsTopics = section["auto_create_topics_enabled"]?.scalar?.text == "true"
        kafka = try Self.address(in: section, "kafka_api", default: kafka)
        admin = try Self.address(in: section, "admin", default: admin)
        rpc = try Self.address(in: section, "rpc_server", default: rpc)
    }

    /// One listener: a mapping of `address` and `port`, or a list whose first element is one.
    private static func address(
        in section: YAMLNode,
        _ key: String,
        default fallback: HostPort
    ) throws(StandinError) -> HostPort {
        guard let node = section[key] else { return fallback }
        guard let listener = node.sequence?.first ?? (node.mapping == nil ? nil : node) else { return fallback }
        let host = listener["address"]?.scalar?.text ?? fallback.host
        guard let portText = listener["port"]?.scalar?.text else {
            return HostPort(host: host, port: fallback.port)
        }
        guard let port = Int(portText), (0...65_535).contains(port) else {
            throw StandinError("line \(listener.mark.line): \(key): bad port '\(portText)'")
        }
        return HostPort(host: host, port: port)
    }
}
