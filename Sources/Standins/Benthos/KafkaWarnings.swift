import Standins

/// What a Kafka client logs about its broker.
///
/// A value: who owns it guards it.
struct KafkaWarnings: Sendable {
    /// The two kinds of clients.
    enum Role: Sendable, Equatable {
        case producer(topic: String)
        case consumer(group: String)
    }

    /// The name of the broker that was given for the start, and of one whose number is not known yet.
    private static let (seed, unknown) = ("seed_0", "-2147483648")

    private let logger: FlowLogger
    private let address: JSONValue
    private let role: Role
    private var attempts = 0
    private var suppressed = 0

    /// Makes the warnings of one client.
    ///
    /// - Parameters:
    ///   - logger: the component's logger
    ///   - remote: the broker
    ///   - role: the kind of client
    init(_ logger: FlowLogger, _ remote: HostPort, _ role: Role) {
        self.logger = logger
        address = .string(remote.description)
        self.role = role
    }

    /// The broker has cut the connection.
    mutating func connectionEnded() {
        (attempts, suppressed) = (0, 0)
        let request =
            switch role {
            case .producer: "Produce"
            case .consumer: "Fetch"
            }
        for (broker, request) in [("0", request), (Self.unknown, "Metadata")] {
            logger.warning(
                "Kafka broker read failed",
                ["addr": address, "broker": .string(broker), "err": "EOF", "request": .string(request)]
            )
        }
    }

    /// The first connection did not come up.
    func firstDialFailed(_ error: StandinError) {
        openFailed(Self.seed, error)
        connectionFailed(Self.unknown, error)
    }

    /// A connection did not come up again.
    ///
    /// - Parameters:
    ///   - error: the words of the refusal
    ///   - pause: the time until the next attempt
    mutating func redialFailed(_ error: StandinError, pause: Duration) {
        attempts += 1
        openFailed(attempts.isMultiple(of: 3) ? Self.seed : "0", error)
        // The client says this on and off, and then how often it did not.
        if attempts % 6 == 1 {
            connectionFailed(attempts % 12 == 1 ? "0" : Self.unknown, error)
            suppressed = 0
        } else {
            suppressed += 1
        }
        switch role {
        case .producer(let topic):
            if attempts.isMultiple(of: 4) { partitionFailed(topic, error) }
        case .consumer(let group): groupFailed(group, error, pause)
        }
    }

    private func openFailed(_ broker: String, _ error: StandinError) {
        logger.warning(
            "unable to open connection to broker",
            ["addr": address, "broker": .string(broker), "err": .string(error.message)]
        )
    }

    private func connectionFailed(_ broker: String, _ error: StandinError) {
        var fields = ["addr": address, "broker": .string(broker), "err": .string("unable to dial: \(error)")]
        if suppressed > 0 { fields["suppressed"] = .string("\(suppressed)") }
        logger.warning("Kafka broker connection failed", fields)
    }

    private func partitionFailed(_ topic: String, _ error: StandinError) {
        logger.warning(
            "produce partition load error, bumping error count on first stored batch",
            [
                "batch0_should_fail": "false", "broker": "0", "can_fail": "false",
                "err": .string("unable to dial: \(error)"), "is_network_err": "true", "is_retryable_kerr": "false",
                "is_unknown_limit": "false", "partition": "0", "topic": .string(topic), "will_fail": "false",
            ]
        )
    }

    private func groupFailed(_ group: String, _ error: StandinError, _ pause: Duration) {
        logger.error(
            "group manage loop errored",
            [
                "backoff": .string(GoText.duration(pause)), "consecutive_errors": .string("\(attempts)"),
                "err": .string("unable to dial: \(error)"), "group": .string(group),
            ]
        )
        logger.error(
            "Kafka poll error on topic , partition 0: unable to join group session: unable to dial: \(error)"
        )
    }
}
