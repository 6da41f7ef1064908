import Standins

/// The admin API of the broker.
struct AdminAPI: Sendable {
    /// The broker that answers.
    let broker: Broker

    /// Answers one request.
    ///
    /// - Parameter question: what was asked
    /// - Returns: the answer
    func answer(_ question: HTTPQuestion) async -> HTTPReply {
        // A client that has gone gets no answer either.
        _ = await broker.adminGate.pass()
        return reply(to: question)
    }

    private func reply(to question: HTTPQuestion) -> HTTPReply {
        switch (question.method, question.path) {
        case ("GET", "/v1/status/ready"): .json("{\"status\":\"\(broker.readiness)\"}")
        case ("GET", "/v1/cluster/health_overview"): .json(healthOverview(broker.provocation))
        case ("GET", "/v1/cluster_config"): .json(broker.properties.json.text)
        case ("GET", "/v1/cluster_config/status"):
            .json(
                "[{\"node_id\":0,\"restart\":false,\"config_version\":\(broker.properties.version),"
                    + "\"invalid\":[],\"unknown\":[]}]"
            )
        case ("PUT", "/v1/cluster_config"): changeProperties(question.body)
        case ("GET", "/public_metrics"):
            HTTPReply(PublicMetrics.text(broker.figures()), contentType: "text/plain; version=0.0.4")
        default: .json("{\"message\": \"Not found\", \"code\": 404}", status: 404)
        }
    }

    private func changeProperties(_ body: String) -> HTTPReply {
        guard case .object(let request)? = JSONValue(parsing: body) else {
            return .json("{\"message\": \"JSON parse error\", \"code\": 400}", status: 400)
        }
        var removals: [String] = []
        if case .array(let names)? = request["remove"] {
            for case .string(let name) in names { removals.append(name) }
        }
        do throws(StandinError) {
            let version = try broker.changeProperties(upsert: request["upsert"]?.fields ?? [:], remove: removals)
            return .json("{\"config_version\":\(version)}")
        } catch {
            return .json(error.message, status: 400)
        }
    }

    private func healthOverview(_ provocation: Provocation) -> String {
        let reasons = provocation.unhealthy
        func list(_ reason: String, _ content: String) -> String { reasons.contains(reason) ? "[\(content)]" : "[]" }
        func count(_ reason: String) -> Int { reasons.contains(reason) ? max(1, provocation.unavailablePartitions) : 0 }
        let partitions = { (reason: String) in
            list(reason, (0..<min(128, count(reason))).map { "\"kafka/t1/\($0)\"" }.joined(separator: ","))
        }
        return "{\"is_healthy\":\(reasons.isEmpty)"
            + ",\"unhealthy_reasons\":[\(reasons.map { "\"\($0)\"" }.joined(separator: ","))]"
            + ",\"controller_id\":\(reasons.contains("no_elected_controller") ? -1 : 0)"
            + ",\"all_nodes\":[0]"
            + ",\"nodes_down\":\(list("nodes_down", "1"))"
            + ",\"nodes_in_recovery_mode\":[]"
            + ",\"leaderless_partitions\":\(partitions("leaderless_partitions"))"
            + ",\"leaderless_count\":\(count("leaderless_partitions"))"
            + ",\"under_replicated_partitions\":\(partitions("under_replicated_partitions"))"
            + ",\"under_replicated_count\":\(count("under_replicated_partitions"))}"
    }
}
