/// Rules for the ports that the gateway and its children listen on.
enum PortRules {
    /// One port that is listened on.
    private struct Listener {
        let endpoint: Endpoint
        let source: ConfigurationSource
        let path: String
    }

    /// The address on which flows listen.
    private static let flowHost = "127.0.0.1"

    /// Reports ports that two would listen on, a range that is upside down, and one that is too small.
    static func check(_ tree: ConfigurationObject, _ inventory: ChildInventory, problems: inout ProblemList) {
        var listeners = [listener(WebSchema.listen, tree[GatewaySchema.web], path: "web", owner: .standard)]
        if let broker = inventory.broker, broker.isEnabled {
            listeners += [BrokerSchema.kafka, BrokerSchema.admin, BrokerSchema.rpc].map { setting in
                listener(setting, broker.object, path: broker.path, owner: broker.source)
            }
        }
        for (index, later) in listeners.enumerated() {
            for earlier in listeners[..<index] where clash(earlier.endpoint, later.endpoint) {
                report(later, beside: earlier, problems: &problems)
            }
        }
        checkRange(tree, listeners, flowCount: inventory.allFlows.count, problems: &problems)
    }

    private static func checkRange(
        _ tree: ConfigurationObject,
        _ listeners: [Listener],
        flowCount: Int,
        problems: inout ProblemList
    ) {
        let range = tree[GatewaySchema.limits][BoxLimitsSchema.flowPorts]
        let path = "limits.flowPorts"
        let (first, last) = (range[PortRangeSchema.first], range[PortRangeSchema.last])
        let places = [PortRangeSchema.last, PortRangeSchema.first].compactMap { range[$0.field.name]?.source }
        let source = places.first { $0 != .standard } ?? .standard
        guard first <= last else {
            problems.report(source, "\(path).last", "\(last) is below first, which is \(first)")
            return
        }
        let count = last - first + 1
        if count < flowCount {
            problems.report(source, path, "has \(count) ports for \(flowCount) flows; make it larger")
        }
        for listener in listeners where mayMeet(listener.endpoint.host, flowHost) {
            let port = listener.endpoint.port
            guard port > 0, (first...last).contains(port) else { continue }
            let isWritten = listener.source != .standard
            let (place, other) = isWritten ? (listener.path, source) : (path, listener.source)
            let message =
                isWritten
                ? "port \(port) is within \(path), which is \(first) to \(last) by \(other); choose another"
                : "\(first) to \(last) contains port \(port) of \(listener.path) by \(other); choose other ports"
            problems.report(isWritten ? listener.source : source, place, message)
        }
    }

    private static func report(_ later: Listener, beside earlier: Listener, problems: inout ProblemList) {
        // The place of a default cannot be corrected.
        let (wrong, other) = later.source == .standard ? (earlier, later) : (later, earlier)
        let message = "port \(wrong.endpoint.port) is also that of \(other.path) by \(other.source); choose another"
        problems.report(wrong.source, wrong.path, message)
    }

    private static func listener(
        _ setting: Setting<Endpoint>,
        _ object: ConfigurationObject,
        path: String,
        owner: ConfigurationSource
    ) -> Listener {
        let source = object[setting.field.name]?.source ?? .standard
        return Listener(endpoint: object[setting], source: source, path: path.appendingKey(setting.field.name))
    }

    private static func clash(_ left: Endpoint, _ right: Endpoint) -> Bool {
        left.port == right.port && left.port != 0 && mayMeet(left.host, right.host)
    }

    /// Tells whether two hosts may be the same address of this box; of a name that must be assumed.
    private static func mayMeet(_ left: String, _ right: String) -> Bool {
        left == right
            || [left, right].contains { host in
                ["0.0.0.0", "::", "localhost"].contains(host) || !(host.contains(":") || host.allSatisfy(isNumeric))
            }
    }

    private static func isNumeric(_ character: Character) -> Bool {
        character == "." || (character.isASCII && character.isNumber)
    }
}
