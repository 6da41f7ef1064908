import EmbeddedFiles
import Glibc
import ProcessControl
import SystemPackage
import Testing

/// Every alert from its cause to Alertmanager: real gateways with real troubles, scraped by a real Prometheus, with the
/// rules of the binary of which only the lengths of time are shortened.
@Suite(
    "Gateway: alerts",
    .timeLimit(.minutes(4)),
    .withMonitoring,
    .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set"),
    .enabled(if: Certificates.canBeMade, "openssl or curl are not installed")
)
struct AlertTests {
    private typealias Expected = AlertInbox.Expected

    /// The alerts whose cause cannot be brought about here, and why: `promtool test rules` alone proves them.
    private static let unprovoked = [
        "ClockJumped": "the clock of the machine would have to be set",
        "GatewayMemoryHigh": "everything that the gateway keeps is bounded far below",
        "SupervisionStalled": "what stops the ticks, such as a signal, stops the answers to scrapes as well",
        "WorkerErrors": "no worker of the gateway throws for any configuration that is accepted",
    ]

    /// The alerts about targets, not boxes: their links cannot lead to the box that is concerned.
    private static let ofNobody = [Expected(name: "Watchdog"), Expected(name: "GatewardenAbsent")]

    private static let ofPlant = [
        Expected(name: "BrokerDiskLow", labels: ["child": "plant/broker", "severity": "warning"]),
        Expected(name: "BrokerPartitionsUnavailable", labels: ["child": "plant/broker", "severity": "critical"]),
        Expected(name: "ChildLogFlood", labels: ["child": "plant/loud", "severity": "warning"]),
        Expected(name: "ChildMemoryNearLimit", labels: ["child": "plant/greedy", "severity": "warning"]),
        Expected(name: "ChildNotReady", labels: ["child": "plant/waiting", "severity": "warning"]),
        Expected(name: "ConfigReloadFailed", labels: ["severity": "warning"]),
        Expected(name: "ConnectionDown", labels: ["child": "plant/press/connection", "severity": "warning"]),
        Expected(name: "FlowConfigRefused", labels: ["child": "plant/refused", "severity": "warning"]),
        Expected(name: "FlowErrors", labels: ["child": "plant/failing", "kind": "processor", "severity": "warning"]),
        Expected(name: "FlowStalled", labels: ["child": "plant/stalled", "severity": "critical"]),
        Expected(name: "StoreCorrupted", labels: ["severity": "warning"]),
    ]
    private static let ofBroken = [
        Expected(name: "ActionsRefused", labels: ["reason": "queue_full", "severity": "warning"]),
        Expected(name: "BrokerDiskFull", labels: ["child": "broken/broker", "severity": "critical"]),
        Expected(name: "ChildCrashLooping", labels: ["child": "broken/crashing-1", "severity": "warning"]),
        Expected(name: "CircuitBreakerStuckOpen", labels: ["supervisor": "broken", "severity": "critical"]),
        Expected(name: "EscalationTriggered", labels: ["supervisor": "broken", "severity": "critical"]),
    ]
    private static let ofFullDisk = [Expected(name: "StoreDegraded", labels: ["severity": "warning"])]
    private static let ofBlind = [
        Expected(name: "CollectorStale", labels: ["severity": "warning"]),
        Expected(name: "DescriptorsRunningOut", labels: ["severity": "warning"]),
        Expected(name: "LogLinesDropped", labels: ["severity": "warning"]),
    ]
    private static let ofPaused = [
        Expected(name: "GatewardenDown", labels: ["severity": "critical"]),
        Expected(name: "SupervisionLate", labels: ["severity": "warning"]),
    ]
    private static let ofSecured = [
        Expected(name: "FrequentInfrastructureFailures", labels: ["child_name": "crashing", "severity": "warning"]),
        Expected(name: "WebCertificateExpiring", labels: ["severity": "warning"]),
    ]
    private static let ofClock = [Expected(name: "ClockNotSynchronized", labels: ["severity": "warning"])]

    @Test("every alert is provoked here, or is known to be proven by promtool alone")
    func complete() throws {
        let names = Set(try AlertRule.all().filter { !$0.isRecording }.map(\.name))
        let groups = [Self.ofNobody, Self.ofPlant, Self.ofBroken, Self.ofFullDisk, Self.ofBlind, Self.ofPaused]
        let provoked = Set((groups + [Self.ofSecured, Self.ofClock]).joined().map(\.name))
        #expect(provoked.isDisjoint(with: Self.unprovoked.keys))
        #expect(provoked.union(Self.unprovoked.keys) == names)
    }

    @Test("the cause of every alert leads to Alertmanager, with what a person needs to act")
    func arrival() async throws {
        let directory = try TestDirectory()
        let rules = ShortenedRules(try #require(EmbeddedFiles.alerts.first).text).text
        let ruleFile = try directory.write("rules.yml", rules)
        let targets = try directory.write("targets.json", "[]")
        let alertmanager = try await RunningAlertmanager(in: directory)
        let prometheus = try await RunningPrometheus(
            RunningPrometheus.scraping(targetsIn: targets, rules: ruleFile, alertmanager: alertmanager.address),
            in: directory
        )
        let inbox = AlertInbox(alertmanager, fedBy: prometheus)
        let ofNobody = try await inbox.wait(for: Self.ofNobody)

        let disk = SmallDisk.isPermitted ? try SmallDisk(in: directory, kibibytes: 1024) : nil
        let boxes = try await RunningBoxes.start(TroubledBoxes(in: directory), disk)
        do {
            try directory.replace("targets.json", boxes.targets)
            try await boxes.provoke(prometheus)
            try await expectAlerts(boxes, inbox, prometheus, hasDisk: disk != nil)
            for alert in ofNobody { try await expectHelp(alert, boxes) }
            #expect(try await prometheus.rules().filter { $0.health != "ok" }.map(\.name) == [])
        } catch {
            await boxes.stop()
            throw error
        }
        await boxes.stop()
        await prometheus.stop()
        await alertmanager.stop()
    }

    private func expectAlerts(
        _ boxes: RunningBoxes,
        _ inbox: AlertInbox,
        _ prometheus: RunningPrometheus,
        hasDisk: Bool
    ) async throws {
        let isUnsynchronized = try await !prometheus.query("gatewarden_clock_synchronized == 0").isEmpty
        let expected =
            Self.ofPlant.of(boxes.instance(.plant)) + Self.ofBroken.of(boxes.instance(.broken))
            + (hasDisk ? Self.ofFullDisk.of(boxes.instance(.broken)) : [])
            + Self.ofBlind.of(boxes.instance(.blind)) + Self.ofSecured.of(boxes.instance(.secured))
            + (isUnsynchronized ? Self.ofClock : [])
        for alert in try await inbox.wait(for: expected) { try await expectHelp(alert, boxes) }
        let ofPaused = Self.ofPaused.of(boxes.instance(.paused))
        try await boxes.pause(prometheus) { try await inbox.wait(for: Array(ofPaused.prefix(1))) }
        // The box answers again: now its page can be read.
        for alert in try await inbox.wait(for: ofPaused) { try await expectHelp(alert, boxes) }
    }

    /// Whether an alert says what is wrong where, in whole sentences, and leads to a page that the box itself has.
    private func expectHelp(_ alert: RunningAlertmanager.Alert, _ boxes: RunningBoxes) async throws {
        for name in ["summary", "description", "dashboard", "runbook_url"] {
            let text = alert.annotations[name] ?? ""
            #expect(!text.isEmpty, "\(alert.name): \(name)")
            for mistake in ["<no value>", "{{", "%!", "error"] {
                #expect(!text.contains(mistake), "\(alert.name): \(name): \(text)")
            }
        }
        let instance = alert.labels["instance"]
        #expect(alert.annotations["runbook_url"] == "http://\(instance ?? "127.0.0.1:9620")/runbooks/\(alert.name)")
        // What concerns no box has its page on any.
        let box = try #require(instance ?? boxes.instance(.plant))
        let page = try await boxes.runbook(alert.name, from: box)
        #expect(page?.contains(alert.name) == true, "\(alert.name) from \(box)")
    }
}

extension [AlertInbox.Expected] {
    /// The same of one box alone.
    fileprivate func of(_ instance: String?) -> Self {
        map { Element(name: $0.name, labels: $0.labels.merging(["instance": instance ?? ""]) { $1 }) }
    }
}
