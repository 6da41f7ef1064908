import EmbeddedFiles
import ProcessControl
import Testing

@Suite(
    "Dashboards on a real Prometheus",
    .timeLimit(.minutes(3)),
    .withMonitoring,
    .enabled(if: MonitoredPlant.canBeStarted, "stand-ins or openssl are missing")
)
struct DashboardQueryTests {
    /// A query, with where it stands.
    private struct Query {
        let place: String
        let expression: String
        /// The labels that its legend or its name shows.
        let labels: Set<String>
    }

    @Test("every query of every panel, annotation and variable gives data, with the labels that are shown")
    func data() async throws {
        let plant = try await MonitoredPlant()
        try plant.holdPress()
        let (gateway, base, pids) = try await plant.start()
        let rules = try plant.directory.write("rules.yml", try #require(EmbeddedFiles.alerts.first).bytes)
        // A box that is gone is part of what the dashboards show.
        let nobody = try await FreePort.find()
        let prometheus = try await RunningPrometheus(
            RunningPrometheus.scraping(base, "http://127.0.0.1:\(nobody)", rules: rules), in: plant.directory)
        // What happens has to happen between two scrapes.
        try await poll(for: "second scrape", diagnosis: { prometheus.lastLines }) {
            try await prometheus.query("count_over_time(up[1m]) > 1").count == 2 ? () : nil
        }
        try await plant.provokeEscalation(in: gateway, reader: try #require(pids["box/reader"]))

        var open = try Dashboard.all().flatMap { queries(of: $0, box: base) }
        #expect(open.count > 100)
        _ = try await poll(
            for: "data", diagnosis: { open.map { "\($0.place): \($0.expression)" }.joined(separator: "\n") }
        ) {
            var empty: [Query] = []
            for query in open where try await !hasData(query, prometheus) { empty.append(query) }
            open = empty
            return open.isEmpty ? () : nil
        }
        await prometheus.stop()
        #expect(await gateway.stop() == .exited(code: 0))
    }

    /// Whether there was a value at any time: what is over again must show, too.
    private func hasData(_ query: Query, _ prometheus: RunningPrometheus) async throws -> Bool {
        // A comparison leaves out what is not a number: a percentile of nothing.
        let series = try await prometheus.queryRange("(\(query.expression)) >= -Inf")
        return series.contains { query.labels.isSubset(of: $0.keys) }
    }

    private func queries(of dashboard: Dashboard, box: String) -> [Query] {
        let values = [
            "__rate_interval": "5s", "__range": "5m", "job": "gatewarden", "child": ".*",
            "instance": dashboard.uid == "gatewarden-fleet" ? ".*" : box.replacing("https://", with: ""),
        ]
        let ofPanels = dashboard.allPanels.flatMap { panel in
            (panel.targets ?? []).map { ("panel \(panel.title), query \($0.refId)", $0.expr, $0.legendFormat ?? "") }
        }
        let ofAnnotations = dashboard.annotations.list.compactMap { annotation in
            annotation.expr.map { ("annotation \(annotation.name)", $0, annotation.titleFormat ?? "") }
        }
        let ofVariables = dashboard.templating.list.compactMap { variable -> (String, String, String)? in
            let place = "variable \(variable.name)"
            // What Grafana makes of its own two functions.
            if let match = variable.definition?.wholeMatch(of: /label_values\((.+), (\w+)\)/) {
                return (place, "group by (\(match.2)) (\(match.1))", "{{\(match.2)}}")
            }
            return variable.definition?.wholeMatch(of: /query_result\((.+)\)/).map { match in
                (place, String(match.1), "{{\(variable.name)}}")
            }
        }
        return (ofPanels + ofAnnotations + ofVariables).map { place, expression, shown in
            Query(
                place: "\(dashboard.uid), \(place)",
                expression: expression.replacing(/\$(\w+)/) { values[String($0.1)] ?? String($0.0) },
                labels: Set(shown.matches(of: /\{\{(\w+)\}\}/).map { String($0.1) })
            )
        }
    }
}
