import EmbeddedFiles
import ProcessControl
import Testing

@testable import Gateway

@Suite("Dashboards, alerts, runbooks and metrics", .timeLimit(.minutes(2)))
struct ConsistencyTests {
    /// What Prometheus itself adds to what it scrapes.
    private static let ofPrometheus: Set = ["up", "scrape_duration_seconds", "ALERTS"]

    /// The runbooks to which log lines lead.
    private static let ofLogs: Set = [
        EscalationAdvice.runbook, FlowTelemetry.refusedRunbook, StoreTelemetry.corruptRunbook,
        StoreTelemetry.degradedRunbook,
    ]

    private let dashboards: [Dashboard]
    private let rules: [AlertRule]
    private let runbooks = Set(EmbeddedFiles.runbooks.map { String($0.name.prefix { $0 != "." }) })

    init() throws {
        dashboards = try Dashboard.all()
        rules = try AlertRule.all()
    }

    private var alerts: [AlertRule] { rules.filter { !$0.isRecording } }

    /// The metrics that are charted or alerted on, and where.
    private var used: [String: String] {
        let ofRules = rules.map { ("rule \($0.name)", $0.expression) }
        return (dashboards.flatMap(\.expressions) + ofRules).reduce(into: [:]) { places, expression in
            for selector in PromQLSelector.all(in: expression.1) { places[selector.name] = expression.0 }
        }
    }

    @Test(
        "what is charted or alerted on is exported, and what is exported is charted or alerted on",
        .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set")
    )
    func metrics() async throws {
        let known = Self.ofPrometheus.union(rules.filter(\.isRecording).map(\.name))
        let wanted = used.filter { !known.contains($0.key) }
        let (gateway, base, _) = try await MonitoredPlant().start()
        var exposition = Exposed("")
        // Figures of flows and brokers come with the first look at them.
        _ = try await poll(for: "samples", diagnosis: { "\(wanted.filter { !exposition.samples.contains($0.key) })" }) {
            exposition = Exposed(try await fetch(base + "/metrics").body)
            return wanted.keys.allSatisfy(exposition.samples.contains) ? () : nil
        }
        let charted = Set(wanted.keys.map(exposition.family))
        let uncharted = Set(UnchartedMetrics.reasons.keys)
        #expect(exposition.families.subtracting(charted).subtracting(uncharted) == [])
        #expect(uncharted.intersection(charted) == [])
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("every alert has a runbook, and every runbook an alert or a line of the log")
    func pages() {
        #expect(Set(alerts.map(\.name)).union(Self.ofLogs) == runbooks)
        for alert in alerts {
            let expected = "http://{{ $labels.instance }}/runbooks/\(alert.name)"
            #expect(alert.annotations["runbook_url"] == expected, "\(alert.name)")
        }
    }

    @Test("every link to a dashboard leads to one of them")
    func dashboardLinks() {
        let paths =
            dashboards.flatMap(\.allLinks)
            + alerts.compactMap { alert in
                alert.annotations["dashboard_url"].map { (alert.name, $0) }
            }
        for (place, url) in paths {
            guard let path = url.firstMatch(of: /\/d\/([^?\/]+)/)?.1 else { continue }
            #expect(dashboards.contains { $0.uid == path }, "\(place): \(url)")
        }
    }

    @Test("every link to a runbook, from dashboards, alerts and the log, is answered by the box itself")
    func runbookLinks() async throws {
        let directory = try TestDirectory()
        let gateway = try await RunningGateway.start("agent: {name: box}\n", in: directory)
        let base = try await gateway.waitForAddress()
        let ofAlerts = alerts.compactMap { alert in alert.annotations["runbook_url"].map { (alert.name, $0) } }
        let ofLogs = Self.ofLogs.map { ("log", "\(base)/runbooks/\($0)") }
        var missing: [String] = []
        for (place, url) in dashboards.flatMap(\.allLinks) + ofAlerts + ofLogs where !url.hasPrefix("/d/") {
            let box = /http:\/\/(\$\{[a-zA-Z._]+\}|\{\{ \$labels\.instance \}\})/
            let address = url.replacing(box, with: base)
            if try await fetch(address).status != 200 { missing.append("\(place): \(address)") }
        }
        #expect(missing == [])
        #expect(await gateway.stop() == .exited(code: 0))
    }
}

/// What a scrape has.
private struct Exposed {
    let samples: Set<String>
    let families: Set<String>

    init(_ text: String) {
        let lines = text.split(separator: "\n")
        samples = Set(lines.filter { !$0.hasPrefix("#") }.map { String($0.prefix { $0 != "{" && $0 != " " }) })
        families = Set(lines.filter { $0.hasPrefix("# TYPE ") }.map { String($0.split(separator: " ")[2]) })
    }

    /// The family of a sample.
    func family(_ sample: String) -> String {
        let histogram = ["_bucket", "_sum", "_count"].first { sample.hasSuffix($0) }.map { sample.dropLast($0.count) }
        return histogram.map(String.init).flatMap { families.contains($0) ? $0 : nil } ?? sample
    }
}
