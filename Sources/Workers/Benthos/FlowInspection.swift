import Supervision

/// One look at a flow's HTTP server.
struct FlowInspection: Sendable {
    /// How long one answer may take; two of them must fit into an observation, which has 0.9 s or more.
    static let timeout = Duration.milliseconds(400)

    let endpoint: LocalEndpoint

    /// Asks whether the flow is ready, and for its counters.
    ///
    /// - Returns: what it answered, and what that is worth.
    func look() async -> FlowWatch.Look {
        let readiness: FlowCondition.Readiness
        do {
            readiness = FlowCondition.Readiness(
                try FlowReadiness(try await endpoint.get("/ready", within: Self.timeout)))
        } catch {
            // A server that does not answer the one question does not answer the other.
            return FlowWatch.Look(readiness: .unanswered("\(error)"), figures: nil)
        }
        do {
            return FlowWatch.Look(
                readiness: readiness, figures: try FlowFigures(try await endpoint.get("/metrics", within: Self.timeout))
            )
        } catch {
            return FlowWatch.Look(readiness: readiness, figures: nil)
        }
    }
}

extension FlowCondition.Readiness {
    /// What the answer of `/ready` means.
    init(_ readiness: FlowReadiness) {
        guard !readiness.isReady else {
            self = .ready
            return
        }
        let lost = readiness.connections.filter { !$0.isConnected }.map { connection in
            let name = connection.label.isEmpty ? connection.path : "\(connection.path) \"\(connection.label)\""
            return "\(name) is not connected" + (connection.error.map { ": \($0)" } ?? "")
        }
        self = .notReady(lost.isEmpty ? "not ready" : lost.joined(separator: "; "))
    }
}
