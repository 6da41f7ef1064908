import EmbeddedFiles
import ProcessControl
import Testing

@testable import Gateway

@Suite("Dashboards, alerts, runbooks and metrics", .timeLimit(.minutes(2)))
struct ConsistencyTests {
    /// What Prometheus itself adds to what it scrapes.
    private static let ofPrometheus: Set = ["up", "scrape_duration_seconds", "ALERTS"]

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
        .enabled(if: MonitoredPlant.canBeStarted, "stand-ins, openssl or curl are missing")
    )
    func metrics() async throws {
        let known = Self.ofPrometheus.union(rules.filter(\.isRecording).map(\.name))
        let wanted = used.filter { !known.contains($0.key) }
        let plant = try await MonitoredPlant()
        let (gateway, base, _) = try await plant.start()
        var exposition = Exposed("")
        // Figures of flows and brokers come with the first look at them.
        _ = try await poll(for: "samples", diagnosis: { "\(wanted.filter { !exposition.samples.contains($0.key) })" }) {
            exposition = Exposed(try await Curl.get(base, "/metrics", ["--insecure"]).text)
            return wanted.keys.allSatisfy(exposition.samples.contains) ? () : nil
        }
        let charted = Set(wanted.keys.map(exposition.family))
        let uncharted = Set(UnchartedMetrics.reasons.keys)
        #expect(exposition.families.subtracting(charted).subtracting(uncharted) == [])
        #expect(uncharted.intersection(charted) == [])
        #expect(exposition.checks == Set(EscalationRunbook.names.keys))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("every alert has a runbook, and every runbook an alert or a line of the log")
    func pages() {
        #expect(runbooks == Set(alerts.map(\.name) + RunbookServingTests.logged))
    }

    @Test("every link to a dashboard leads to one of them, and sets only what can be chosen there")
    func dashboardLinks() throws {
        let ofAlerts = alerts.compactMap { alert in alert.annotations["dashboard"].map { (alert.name, $0) } }
        for (place, url) in dashboards.flatMap(\.allLinks) + ofAlerts where url.hasPrefix("/d/") {
            let name = url.dropFirst(3).prefix { $0 != "?" }
            let dashboard = try #require(dashboards.first { $0.uid == name }, "\(place): \(url)")
            let variables = dashboard.templating.list.map(\.name)
            for match in url.matches(of: /var-(\w+)=/) {
                #expect(variables.contains(String(match.1)), "\(place): \(url)")
            }
        }
    }

    @Test("every link from a dashboard to a runbook is answered by the box itself")
    func runbookLinks() async throws {
        let directory = try TestDirectory()
        let gateway = try await RunningGateway.start("agent: {name: box}\n", in: directory)
        let base = try await gateway.waitForAddress()
        let links = dashboards.flatMap(\.allLinks).filter { !$0.url.hasPrefix("/d/") }
        #expect(links.count > 30)
        var missing: [String] = []
        for (place, url) in links {
            let address = url.replacing(/(http|\$\{scheme\}):\/\/\$\{[a-zA-Z._]+\}/, with: base)
            if try await fetch(address).status != 200 { missing.append("\(place): \(url)") }
        }
        #expect(missing == [])
        #expect(await gateway.stop() == .exited(code: 0))
    }
}

/// What a scrape has.
private struct Exposed {
    let samples: Set<String>
    let families: Set<String>
    /// The consistency checks that can fail.
    let checks: Set<String>

    init(_ text: String) {
        let lines = text.split(separator: "\n")
        samples = Set(lines.filter { !$0.hasPrefix("#") }.map { String($0.prefix { $0 != "{" && $0 != " " }) })
        families = Set(lines.filter { $0.hasPrefix("# TYPE ") }.map { String($0.split(separator: " ")[2]) })
        checks = Set(text.matches(of: /check="(\w+)"/).map { String($0.1) })
    }

    /// The family of a sample.
    func family(_ sample: String) -> String {
        let histogram = ["_bucket", "_sum", "_count"].first { sample.hasSuffix($0) }.map { sample.dropLast($0.count) }
        return histogram.map(String.init).flatMap { families.contains($0) ? $0 : nil } ?? sample
    }
}
