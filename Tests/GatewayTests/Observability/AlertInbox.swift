import Testing

/// What has arrived at an Alertmanager since the test began; what is over again stays.
actor AlertInbox {
    /// An alert that a test waits for.
    struct Expected: Sendable, CustomStringConvertible {
        let name: String
        /// The labels that it must have, among others.
        var labels: [String: String] = [:]

        var description: String { "\(name) \(labels)" }

        fileprivate func matches(_ alert: RunningAlertmanager.Alert) -> Bool {
            alert.name == name && labels.allSatisfy { alert.labels[$0.key] == $0.value }
        }
    }

    private let alertmanager: RunningAlertmanager
    private let prometheus: RunningPrometheus
    private var alerts: [[String: String]: RunningAlertmanager.Alert] = [:]

    init(_ alertmanager: RunningAlertmanager, fedBy prometheus: RunningPrometheus) {
        self.alertmanager = alertmanager
        self.prometheus = prometheus
    }

    /// Waits until all of these have arrived, and returns them in their order.
    @discardableResult
    func wait(for expected: [Expected]) async throws -> [RunningAlertmanager.Alert] {
        try await poll(for: "alerts", within: .seconds(90), diagnosis: { await missing(expected) }) {
            for alert in try await alertmanager.alerts() { alerts[alert.labels] = alert }
            let found = expected.map { expected in alerts.values.first(where: expected.matches) }
            return found.contains { $0 == nil } ? nil : found.compactMap(\.self)
        }
    }

    /// What is missing of the expected, and what Prometheus knows of it.
    private func missing(_ expected: [Expected]) async -> String {
        let missing = expected.filter { expected in !alerts.values.contains(where: expected.matches) }
        // A server that does not answer any more is shown by its log.
        let rules = (try? await prometheus.rules())?.filter { rule in missing.contains { $0.name == rule.name } }
        let states = (rules ?? []).map { "\($0.name): \($0.state ?? "?"), \($0.health) \($0.lastError ?? "")" }
        let here = alerts.values.map { "\($0.labels)" }.sorted()
        return (["missing:"] + missing.map(\.description) + states + ["here:"] + here + [prometheus.lastLines])
            .joined(separator: "\n")
    }
}
