import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import ProcessControl
import Synchronization
import SystemPackage
import Testing

/// What a real Prometheus makes of the demo plant.
@Suite(
    "Gateway: scraped by Prometheus",
    .timeLimit(.minutes(2)),
    .withMonitoring,
    .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set")
)
struct MonitoringTests {
    /// What Prometheus 2.42 asks for.
    private static let accept =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

    private let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
    }

    @Test("it reads OpenMetrics, all of it and without a complaint, with exemplars that lead to lines of the log")
    func openMetrics() async throws {
        let gateway = try await DemoPlant.start(in: directory)
        let base = try await gateway.waitForAddress()
        let prometheus = try await RunningPrometheus(RunningPrometheus.scraping(base), in: directory)
        try await expectAllSamples(prometheus, base)
        let target = try #require(try await prometheus.targets().first)
        #expect((target.health, target.lastError) == ("up", ""))
        // Nothing but OpenMetrics tells since when something is counted.
        #expect(try await !prometheus.query("supervisor_escalations_created > 0").isEmpty)
        let exemplars = try await poll(for: "exemplars", diagnosis: { prometheus.lastLines }) {
            let series = try await prometheus.exemplars("supervisor_action_duration_seconds_bucket")
            return series.isEmpty ? nil : series
        }
        try await expectActions(exemplars, gateway)
        for complaint in ["level=warn", "level=error"] { #expect(!prometheus.lastLines.contains(complaint)) }
        await prometheus.stop()
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("promtool has nothing to say about what the demo plant exports")
    func promtool() async throws {
        let gateway = try await DemoPlant.start(in: directory)
        let base = try await gateway.waitForAddress()
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "demo" }
        let file = try directory.write("metrics.txt", try await fetch(base + "/metrics").body)
        let promtool = try MonitoringProgram.promtool.required
        let check = try await Program.run("/bin/sh", ["-c", "\(promtool) check metrics < \(file)"])
        #expect(check.status == .exited(code: 0))
        #expect(check.text(.stdout) + check.text(.stderr) == "")
        #expect(await gateway.stop() == .exited(code: 0))
    }

    /// Whether the log tells of the actions that exemplars name; its lines since the start are still to be read.
    private func expectActions(_ exemplars: [RunningPrometheus.Exemplars], _ gateway: RunningGateway) async throws {
        let named = exemplars.flatMap { series in
            series.exemplars.map { ($0.labels["action"] ?? "none", series.seriesLabels["action_type"]) }
        }
        let wanted = Mutex(Dictionary(named) { first, _ in first })
        try await gateway.waitForLog { line in
            guard line.msg == "Action completed", case .text(let id)? = line.fields["action_id"],
                case .text(let type)? = line.fields["action_type"]
            else { return false }
            return wanted.withLock { wanted in
                if wanted[id] == type { wanted[id] = nil }
                return wanted.isEmpty
            }
        }
    }

    /// Waits until Prometheus has as many samples of the gateway as the gateway shows.
    ///
    /// Both may grow between two looks; a sample that Prometheus does not take stays missing.
    private func expectAllSamples(_ prometheus: RunningPrometheus, _ base: String) async throws {
        var counts: [Double] = []
        try await poll(for: "all samples", diagnosis: { "\(counts)\n\(prometheus.lastLines)" }) {
            let page = try await openMetricsPage(base)
            #expect(page.contentType.hasPrefix("application/openmetrics-text; version=1.0.0; charset=utf-8"))
            #expect(page.text.hasSuffix("\n# EOF\n"))
            let shown = page.text.split(separator: "\n").count { !$0.hasPrefix("#") }
            let read = try await prometheus.query("scrape_samples_scraped").first?.value ?? 0
            let kept = try await prometheus.query("scrape_samples_post_metric_relabeling").first?.value ?? 0
            counts = [Double(shown), read, kept]
            return Set(counts).count == 1 ? () : nil
        }
    }

    private func openMetricsPage(_ base: String) async throws -> (contentType: String, text: String) {
        var request = HTTPClientRequest(url: base + "/metrics")
        request.headers.add(name: "Accept", value: Self.accept)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let text = String(buffer: try await response.body.collect(upTo: 16 << 20))
        return (response.headers.first(name: "Content-Type") ?? "", text)
    }
}
