import Standins
import YAML

/// Reads a parsed file into a flow.
///
/// Unknown fields are the linter's business; here only what cannot be read is an error.
struct ConfigurationReader {
    /// Whether durations are read; the linter of the real program never looks at them.
    var readsDurations = true

    /// Reads a flow.
    ///
    /// - Parameter root: the root of the file; nothing stands for an empty file, which means all defaults
    /// - Returns: the flow
    /// - Throws: what is wrong, in the words of benthos, without the path
    func read(_ root: YAMLNode?) throws(StandinError) -> FlowConfiguration {
        var flow = FlowConfiguration()
        if let http = root?["http"] {
            flow.servesHTTP = try bool(http, ["http", "enabled"]) ?? true
            if let text = http["address"]?.scalar?.text, let address = HostPort(text) { flow.address = address }
        }
        flow.metrics = try metrics(root?["metrics"])
        if let timeout = try duration(root, "shutdown_timeout") { flow.shutdownTimeout = timeout }
        if let delay = try duration(root, "shutdown_delay") { flow.shutdownDelay = delay }
        if let node = root?["input"] { flow.input = .init(label: label(node), kind: try input(node)) }
        if let node = root?["output"] { flow.output = try output(node, resources: root?["output_resources"]) }
        for node in root?["pipeline"]?["processors"]?.sequence ?? [] {
            flow.processors.append(.init(label: label(node), kind: try processor(node)))
        }
        flow.logger = try logger(root?["logger"])
        if flow.output.kind == .standardOutput { flow.logger.sink = .standardError }
        return flow
    }

    private func logger(_ node: YAMLNode?) throws(StandinError) -> FlowLogger {
        var logger = FlowLogger()
        guard let node else { return logger }
        logger.level = node["level"]?.scalar.flatMap { FlowLogger.Level(configured: $0.text) } ?? .info
        logger.format = node["format"]?.scalar.flatMap { FlowLogger.Format(rawValue: $0.text) } ?? .logfmt
        logger.hasTimestamp = try bool(node, ["logger", "add_timestamp"]) ?? true
        return logger
    }

    private func metrics(_ node: YAMLNode?) throws(StandinError) -> MetricsText.Style {
        guard let node else { return .prometheus(hasProcess: false, usesHistograms: false) }
        let (type, fields) = try Self.inferredType(node, .metrics)
        switch type {
        case "json_api": return .jsonAPI
        case "prometheus":
            return .prometheus(
                hasProcess: try bool(fields, ["metrics", "add_process_metrics"]) ?? false,
                usesHistograms: try bool(fields, ["metrics", "use_histogram_timing"]) ?? false
            )
        default: return .none
        }
    }

    private func input(_ node: YAMLNode) throws(StandinError) -> FlowConfiguration.Input {
        let (type, fields) = try Self.inferredType(node, .input)
        switch type {
        case "generate":
            return .generate(
                interval: text(fields, "interval") ?? "1s",
                count: try integer(fields, ["input", "count"]) ?? 0,
                mapping: text(fields, "mapping") ?? ""
            )
        case "file": return .file(paths: texts(fields, "paths"))
        case "socket": return .socket(address(fields, "address"))
        case "http_server": return .httpServer(path: text(fields, "path") ?? "/post")
        case "kafka_franz", "redpanda":
            return .kafka(
                type: type,
                seed: seed(fields),
                topic: texts(fields, "topics").first ?? "",
                group: text(fields, "consumer_group") ?? ""
            )
        default: return .standardInput
        }
    }

    /// An output, or the resource that it names.
    private func output(
        _ node: YAMLNode,
        resources: YAMLNode?
    ) throws(StandinError) -> FlowConfiguration.Component<FlowConfiguration.Output> {
        guard let name = text(node, "resource") else { return .init(label: label(node), kind: try output(node)) }
        guard let resource = resources?.sequence?.first(where: { label($0) == name }) else {
            throw StandinError("output resource '\(name)' was not found")
        }
        return .init(label: name, kind: try output(resource), isResource: true)
    }

    private func output(_ node: YAMLNode) throws(StandinError) -> FlowConfiguration.Output {
        let (type, fields) = try Self.inferredType(node, .output)
        switch type {
        case "drop": return .drop
        case "file": return .file(path: text(fields, "path") ?? "")
        case "socket": return .socket(address(fields, "address"))
        case "websocket": return .webSocket(url: text(fields, "url") ?? "")
        case "http_client":
            var target = FlowConfiguration.HTTPTarget(url: text(fields, "url") ?? "")
            if let verb = text(fields, "verb") { target.verb = verb }
            if let timeout = try duration(fields, "timeout") { target.timeout = timeout }
            if let retries = try integer(fields, ["output", "retries"]) { target.retries = retries }
            if let period = try duration(fields, "retry_period") { target.retryPeriod = period }
            return .http(target)
        case "kafka_franz", "redpanda":
            return .kafka(type: type, seed: seed(fields), topic: text(fields, "topic") ?? "")
        default: return .standardOutput
        }
    }

    private func processor(_ node: YAMLNode) throws(StandinError) -> FlowConfiguration.Processor {
        let (type, fields) = try Self.inferredType(node, .processor)
        switch type {
        case "mapping", "bloblang", "mutation": return .mapping(fields.scalar?.text ?? "")
        case "log": return .log(level: text(fields, "level") ?? "INFO", message: text(fields, "message") ?? "")
        case "sleep": return .sleep(try duration(fields, "duration") ?? .zero)
        case "command":
            let mapping = text(fields, "args_mapping") ?? ""
            return .command(name: text(fields, "name") ?? "", arguments: FlowMapping.constantList(mapping))
        default: return .passing
        }
    }

    /// The one key of a component that names its type, and what stands below it.
    static func inferredType(
        _ node: YAMLNode,
        _ kind: ComponentSchema.Class
    ) throws(StandinError) -> (type: String, fields: YAMLNode) {
        let candidates = (node.mapping ?? []).filter { entry in
            entry.key.scalar.map { !ComponentSchema.commonKeys(kind).contains($0.text) } ?? false
        }
        let names = candidates.compactMap(\.key.scalar?.text)
        let known = names.filter { ComponentSchema.of($0, kind) != nil }
        let place = "(\(node.mark.line),1)"
        guard known.count < 2 else {
            throw StandinError(
                "\(place) unable to infer \(kind) type, multiple candidates '\(known[0])' and '\(known[1])'"
            )
        }
        guard let type = known.first, let entry = candidates.first(where: { $0.key.scalar?.text == type }) else {
            throw StandinError(
                "\(place) unable to infer \(kind) type from candidates: [\(names.joined(separator: " "))]"
            )
        }
        return (type, entry.value)
    }
}

extension ConfigurationReader {
    private func label(_ node: YAMLNode) -> String { text(node, "label") ?? "" }

    private func text(_ node: YAMLNode?, _ key: String) -> String? { node?[key]?.scalar?.text }

    private func texts(_ node: YAMLNode, _ key: String) -> [String] {
        node[key]?.sequence?.compactMap(\.scalar?.text) ?? []
    }

    private func address(_ node: YAMLNode, _ key: String) -> HostPort {
        text(node, key).flatMap { HostPort($0) } ?? HostPort(host: "", port: 0)
    }

    /// The first seed broker; a list element may itself hold several, separated by commas.
    private func seed(_ node: YAMLNode) -> HostPort {
        let first = texts(node, "seed_brokers").first?.split(separator: ",").first.map(String.init) ?? ""
        return HostPort(first) ?? HostPort(host: first, port: 9092)
    }

    private func duration(_ node: YAMLNode?, _ key: String) throws(StandinError) -> Duration? {
        guard readsDurations, let text = text(node, key) else { return nil }
        do throws(StandinError) {
            return try GoDuration.parse(text)
        } catch {
            throw StandinError("failed to parse \(key): \(error)")
        }
    }

    /// A field below the last but one of `path`; the error names all of `path`.
    private func bool(_ node: YAMLNode, _ path: [String]) throws(StandinError) -> Bool? {
        guard let (text, value) = scalar(node, path) else { return nil }
        switch text {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: throw Self.mismatch(path, value, "bool")
        }
    }

    private func integer(_ node: YAMLNode, _ path: [String]) throws(StandinError) -> Int? {
        guard let (text, value) = scalar(node, path) else { return nil }
        guard let number = Int(text) else { throw Self.mismatch(path, value, "int") }
        return number
    }

    private func scalar(_ node: YAMLNode, _ path: [String]) -> (text: String, node: YAMLNode)? {
        guard let key = path.last, let value = node[key], let scalar = value.scalar else { return nil }
        return (scalar.text, value)
    }

    private static func mismatch(_ path: [String], _ node: YAMLNode, _ type: String) -> StandinError {
        let fields = path.map { "field '\($0)': " }.joined()
        return StandinError(
            "\(fields)yaml: unmarshal errors:\n  line \(node.mark.line): "
                + "cannot unmarshal !!str `\(node.scalar?.text ?? "")` into \(type)"
        )
    }
}
