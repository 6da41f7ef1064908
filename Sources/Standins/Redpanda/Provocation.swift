import Standins

/// What is provoked on the broker beyond what it really does.
struct Provocation: Sendable, Equatable {
    /// What the admin API says about being ready, whatever is true.
    var ready: String?
    /// The level of the disk alert: 0 OK, 1 low, 2 degraded.
    var diskAlert = 0
    /// Free bytes of the disk; nothing means the truth.
    var diskFree: Int?
    /// The reasons of the health overview.
    var unhealthy: [String] = []
    /// Partitions without a quorum.
    var unavailablePartitions = 0
    /// How long a stop takes.
    var stopDelay = Duration.zero
    /// How long the start takes.
    var startDelay = Duration.zero
    /// False: the Kafka port is closed and its clients are cut off, while the process goes on.
    var servesKafka = true

    /// False: the admin port takes connections, and answers nobody.
    var answersAdmin = true

    /// What a change asks for at once, besides the new state.
    enum Deed: Equatable {
        case crash(Int)
        case stall(milliseconds: Int)
    }

    private static let reasons: Set<String> = [
        "nodes_down", "leaderless_partitions", "under_replicated_partitions", "no_elected_controller",
        "no_health_report",
    ]

    /// The state as the control endpoint shows it.
    var json: JSONValue {
        .object([
            "ready": ready.map { .string($0) } ?? .null,
            "disk_alert": .integer(diskAlert),
            "disk_free": diskFree.map { .integer($0) } ?? .null,
            "unhealthy": .array(unhealthy.map { .string($0) }),
            "unavailable_partitions": .integer(unavailablePartitions),
            "stop_delay": .string(GoText.duration(stopDelay)),
            "start_delay": .string(GoText.duration(startDelay)),
            "kafka": .string(servesKafka ? "open" : "closed"),
            "admin": .string(answersAdmin ? "ok" : "hang"),
        ])
    }

    /// Applies one change.
    ///
    /// - Parameters:
    ///   - key: what to provoke
    ///   - value: its new state
    /// - Returns: what has to be done at once, if anything
    /// - Throws: where the key is unknown or the value is not one of its own
    mutating func apply(_ key: String, _ value: JSONValue) throws(StandinError) -> Deed? {
        switch (key, value) {
        case ("ready", .string("ready")): ready = nil
        case ("ready", .string("booting")): ready = "booting"
        case ("disk_alert", .integer(let level)) where (0...2).contains(level): diskAlert = level
        case ("disk_free", .null): diskFree = nil
        case ("disk_free", .integer(let bytes)) where bytes >= 0: diskFree = bytes
        case ("unhealthy", .array(let values)): unhealthy = try Self.checkedReasons(values)
        case ("unavailable_partitions", .integer(let count)) where count >= 0: unavailablePartitions = count
        case ("stop_delay", .string(let text)): stopDelay = try GoDuration.parse(text)
        case ("start_delay", .string(let text)): startDelay = try GoDuration.parse(text)
        case ("kafka", .string("open")): servesKafka = true
        case ("kafka", .string("closed")): servesKafka = false
        case ("admin", .string("ok")): answersAdmin = true
        case ("admin", .string("hang")): answersAdmin = false
        case ("crash", .integer(let code)) where (0...255).contains(code): return .crash(code)
        case ("reactor_stall_ms", .integer(let milliseconds)) where milliseconds > 0:
            return .stall(milliseconds: milliseconds)
        default: throw StandinError("cannot provoke \(key) = \(value.text)")
        }
        return nil
    }

    private static func checkedReasons(_ values: [JSONValue]) throws(StandinError) -> [String] {
        var checked: [String] = []
        for value in values {
            guard case .string(let reason) = value, reasons.contains(reason) else {
                throw StandinError("cannot provoke unhealthy = \(value.text)")
            }
            checked.append(reason)
        }
        return checked
    }
}
