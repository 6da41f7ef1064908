import Testing

@Suite("Gateway: scraped by Prometheus", .timeLimit(.minutes(2)), .withMonitoring)
struct MonitoringTests {
    @Test("an alert of Prometheus arrives at Alertmanager")
    func arrival() async throws {
        let directory = try TestDirectory()
        let rules = try directory.write(
            "rules.yml",
            """
            groups:
              - name: test
                rules: [{alert: GatewayAway, expr: up == 0, labels: {severity: critical}, annotations: {summary: away}}]
            """
        )
        let alertmanager = try await RunningAlertmanager(in: directory)
        let nobody = try await FreePort.find()
        let prometheus = try await RunningPrometheus(
            RunningPrometheus.scraping(
                "http://127.0.0.1:\(nobody)", rules: rules, alertmanager: alertmanager.address),
            in: directory
        )
        let alert = try await poll(for: "alert", diagnosis: { prometheus.lastLines + alertmanager.lastLines }) {
            try await alertmanager.alerts().first { $0.name == "GatewayAway" }
        }
        #expect(alert.labels["severity"] == "critical")
        #expect(alert.labels["instance"] == "127.0.0.1:\(nobody)")
        #expect(alert.annotations == ["summary": "away"])
        #expect(try await prometheus.query("up").map(\.value) == [0])
        await prometheus.stop()
        await alertmanager.stop()
    }
}
