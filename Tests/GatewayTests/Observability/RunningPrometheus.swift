import FoundationEssentials
import SystemPackage

/// A Prometheus that a test has started, with its store below the test's directory.
final class RunningPrometheus: Sendable {
    /// One series of an instant query.
    struct Sample: Decodable, Sendable {
        let labels: [String: String]
        let value: Double

        private enum CodingKeys: String, CodingKey {
            case labels = "metric"
            case value
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            labels = try container.decode([String: String].self, forKey: .labels)
            var pair = try container.nestedUnkeyedContainer(forKey: .value)
            _ = try pair.decode(Double.self)
            // Values are texts: JSON has no infinity.
            let text = try pair.decode(String.self)
            guard let value = Double(text) else {
                throw DecodingError.dataCorruptedError(in: pair, debugDescription: "not a number: \(text)")
            }
            self.value = value
        }
    }

    /// A thing that is scraped.
    struct Target: Decodable, Sendable {
        let labels: [String: String]
        /// `up`, `down`, or `unknown` before the first scrape.
        let health: String
        /// Empty where the last scrape went well.
        let lastError: String
    }

    /// A rule, with how its last evaluation went.
    struct Rule: Decodable, Sendable {
        let name: String
        /// `ok`, `err`, or `unknown` before the first evaluation.
        let health: String
        /// Of an alert: `inactive`, `pending` or `firing`.
        let state: String?
        let lastError: String?
    }

    /// The exemplars of a series.
    struct Exemplars: Decodable, Sendable {
        struct Exemplar: Decodable, Sendable {
            let labels: [String: String]
            let value: String
        }

        let seriesLabels: [String: String]
        let exemplars: [Exemplar]
    }

    private let server: MonitoringServer

    /// Starts it and waits until it is ready.
    ///
    /// - Parameters:
    ///   - configuration: its `prometheus.yml`.
    ///   - directory: takes that file and the store.
    /// - Throws: where it is missing, ends, or is not ready in time; the error shows its log.
    init(_ configuration: String, in directory: TestDirectory) async throws {
        let file = try directory.write("prometheus.yml", configuration)
        server = try await MonitoringServer(
            .prometheus,
            [
                "--config.file=\(file)", "--storage.tsdb.path=\(directory.path.appending("prometheus"))",
                "--enable-feature=exemplar-storage",
                // What fires before Alertmanager is found would be told to it a minute later.
                "--rules.alert.resend-delay=1s",
            ]
        )
    }

    /// A configuration that scrapes gateways.
    ///
    /// - Parameters:
    ///   - gateways: the bases of their URLs.
    ///   - interval: the time between two scrapes, and between two evaluations, as Prometheus writes durations.
    ///   - rules: a file of rules; nil for none.
    ///   - alertmanager: host and port; nil for none.
    /// - Returns: a `prometheus.yml`.
    static func scraping(
        _ gateways: String...,
        every interval: String = "1s",
        rules: FilePath? = nil,
        alertmanager: String? = nil
    ) -> String {
        let targets = gateways.map { url in
            let parts = url.split(separator: "://")
            return "{targets: [\"\(parts[1])\"], labels: {__scheme__: \(parts[0])}}"
        }
        return scraping("static_configs: [\(targets.joined(separator: ", "))]", interval, rules, alertmanager)
    }

    /// A configuration that scrapes the gateways that a file names, also those that it names later; see above.
    static func scraping(
        targetsIn file: FilePath,
        every interval: String = "1s",
        rules: FilePath,
        alertmanager: String
    ) -> String {
        scraping("file_sd_configs: [{files: [\"\(file)\"]}]", interval, rules, alertmanager)
    }

    private static func scraping(
        _ discovery: String,
        _ interval: String,
        _ rules: FilePath?,
        _ alertmanager: String?
    ) -> String {
        // The certificates of tests are signed by authorities that nobody knows.
        """
        global: {scrape_interval: \(interval), scrape_timeout: \(interval), evaluation_interval: \(interval)}
        rule_files: [\(rules.map { "\"\($0)\"" } ?? "")]
        alerting:
          alertmanagers: [\(alertmanager.map { "{static_configs: [{targets: [\"\($0)\"]}]}" } ?? "")]
        scrape_configs:
          - {job_name: gatewarden, tls_config: {insecure_skip_verify: true}, \(discovery)}
        """
    }

    /// The last lines of its log, for the message of a failure.
    var lastLines: String { server.lastLines }

    /// The series that an expression yields now; an error where Prometheus refuses it.
    func query(_ expression: String) async throws -> [Sample] {
        struct Vector: Decodable {
            let result: [Sample]
        }
        return try await data("/api/v1/query", [("query", expression)], as: Vector.self).result
    }

    /// The labels of the series that an expression yields at any moment of the last minutes.
    func queryRange(_ expression: String, minutes: Int = 5, step: String = "1s") async throws -> [[String: String]] {
        struct Matrix: Decodable {
            struct Series: Decodable {
                let metric: [String: String]
            }
            let result: [Series]
        }
        let now = Date().timeIntervalSince1970
        let query = [
            ("query", expression), ("start", "\(now - Double(minutes * 60))"), ("end", "\(now)"), ("step", step),
        ]
        return try await data("/api/v1/query_range", query, as: Matrix.self).result.map(\.metric)
    }

    /// What is scraped.
    func targets() async throws -> [Target] {
        struct Targets: Decodable {
            let activeTargets: [Target]
        }
        return try await data("/api/v1/targets", [], as: Targets.self).activeTargets
    }

    /// All rules of all groups.
    func rules() async throws -> [Rule] {
        struct Groups: Decodable {
            struct Group: Decodable {
                let rules: [Rule]
            }
            let groups: [Group]
        }
        return try await data("/api/v1/rules", [], as: Groups.self).groups.flatMap(\.rules)
    }

    /// The exemplars of the series that an expression selects, of the last hour.
    func exemplars(_ expression: String) async throws -> [Exemplars] {
        let now = Date().timeIntervalSince1970
        let query = [("query", expression), ("start", "\(now - 3600)"), ("end", "\(now + 60)")]
        return try await data("/api/v1/query_exemplars", query, as: [Exemplars].self)
    }

    /// Stops it and waits for its end.
    func stop() async {
        await server.stop()
    }

    private func data<Content: Decodable>(_ path: String, _ query: [(String, String)], as: Content.Type) async throws
        -> Content
    {
        let answer: Answer<Content> = try await server.get(path, query)
        return answer.data
    }
}

/// What all answers of the HTTP API have around their content.
private struct Answer<Content: Decodable>: Decodable {
    let data: Content
}
