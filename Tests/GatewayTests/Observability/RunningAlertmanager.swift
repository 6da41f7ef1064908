import SystemPackage

/// An Alertmanager that a test has started, with its store below the test's directory; it sends nothing to anybody.
final class RunningAlertmanager: Sendable {
    /// An alert as it arrived.
    struct Alert: Decodable, Sendable {
        let labels: [String: String]
        let annotations: [String: String]
        /// When it began, as RFC 3339 writes it.
        let startsAt: String

        /// What the alert is called.
        var name: String { labels["alertname"] ?? "" }
    }

    private let server: MonitoringServer

    /// Starts it and waits until it is ready.
    ///
    /// - Parameter directory: takes its configuration and its store.
    /// - Throws: where it is missing, ends, or is not ready in time; the error shows its log.
    init(in directory: TestDirectory) async throws {
        let file = try directory.write(
            "alertmanager.yml", "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
        server = try await MonitoringServer(
            .alertmanager,
            [
                "--config.file=\(file)", "--storage.path=\(directory.path.appending("alertmanager"))",
                // Without it, it would look for others of its kind on a fixed port.
                "--cluster.listen-address=",
            ]
        )
    }

    /// Where it listens: host and port.
    var address: String { server.address }

    /// The last lines of its log, for the message of a failure.
    var lastLines: String { server.lastLines }

    /// The alerts that fire now.
    func alerts() async throws -> [Alert] {
        try await server.get("/api/v2/alerts")
    }

    /// Stops it and waits for its end.
    func stop() async {
        await server.stop()
    }
}
