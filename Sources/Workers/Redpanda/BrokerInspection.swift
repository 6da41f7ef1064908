import Probes
import Supervision

/// One look at a broker: its admin API, and its port for clients.
struct BrokerInspection: Sendable {
    /// How long one answer may take; all that are needed each time must fit into an interval of the collector.
    static let timeout = Duration.milliseconds(250)

    let admin: LocalEndpoint
    let probers: ProberFactory
    let document: BrokerDocument

    /// Asks the broker.
    ///
    /// - Parameters:
    ///   - isThorough: whether to ask for the health of the cluster and for all figures as well: large answers, which
    ///     change slowly.
    ///   - logTrouble: what the broker's log has said of late.
    /// - Returns: what it answered.
    func look(isThorough: Bool, logTrouble: String?) async -> BrokerWatch.Look {
        async let unreachable = connect()
        let readiness = await askReadiness()
        var look = BrokerWatch.Look(readiness: readiness, logTrouble: logTrouble)
        if isThorough, readiness == .ready {
            // What is missing stays unknown: whether the broker works is known from the other answers.
            look.health = try? BrokerHealth(await get("/v1/cluster/health_overview"))
            look.figures = try? BrokerFigures(await get("/public_metrics"))
        }
        look.unreachable = await unreachable
        return look
    }

    private func askReadiness() async -> BrokerCondition.Readiness {
        do {
            return switch try BrokerReadiness(await get("/v1/status/ready")) {
            case .ready: .ready
            case .booting: .booting
            }
        } catch {
            return .unanswered("\(error)")
        }
    }

    /// Connects as a client does; returns why that fails, or nil.
    private func connect() async -> String? {
        let kafka = document.kafka
        let prober = probers.connection(to: kafka.localHost, port: kafka.port)
        do throws(ProbeFailure) {
            try await prober.probe(within: Self.timeout)
            return nil
        } catch {
            return "clients cannot connect: \(error.message)"
        }
    }

    private func get(_ path: String) async throws -> EndpointAnswer {
        try await admin.get(path, within: Self.timeout)
    }
}

extension BrokerDocument.Listener {
    /// Where the listener is reached from this machine: one on all addresses on the loopback interface as well.
    var localHost: String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }

    /// The beginning of a URL.
    var url: String {
        localHost.contains(":") ? "http://[\(localHost)]:\(port)" : "http://\(localHost):\(port)"
    }
}
