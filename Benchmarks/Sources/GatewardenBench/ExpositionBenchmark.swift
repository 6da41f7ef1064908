/// What the metric registry costs: updates, registration, scrapes.
enum ExpositionBenchmark {
    private static let measures: [(name: String, measure: Measure)] = [
        ("counter_ns", .registryCounter), ("counter_bare_ratio", .registryCounterByBare),
        ("counter_contended_bare_ratio", .registryContendedByBare), ("counter_contended_ratio", .registryContended),
        ("counter_scaling_ratio", .registryScaling), ("histogram_ns", .registryHistogram),
        ("update_allocations", .registryAllocations), ("register_100k_ms", .registryRegistration),
        ("register_growth", .registryGrowth), ("scrape_10k_ms", .registryScrape),
        ("scrape_100k_ms", .registryScrapeMany), ("openmetrics_10k_ms", .registryOpenMetrics),
        ("openmetrics_100k_ms", .registryOpenMetricsMany),
    ]

    /// Measures the product's registry, the library alone.
    static func measure(_ session: Session) throws {
        let figures = try run([Executables.beside("ExpositionBench"), String(session.rounds)], session)
        record(figures, of: session.product.name, isProduct: true, session)
    }

    /// Measures Prometheus' library for Go, where Debian's packages of it are installed.
    static func measurePeer(_ session: Session) throws {
        guard let library = ClientGolang.installed() else {
            return print("not installed, so not compared: golang-go, golang-github-prometheus-client-golang-dev")
        }
        let workspace = try Workspace(child: session.child)
        defer { workspace.close() }
        let program = try library.build(in: workspace)
        record(try run([program, String(session.rounds)], session), of: "client_golang", isProduct: false, session)
    }

    private static func record(_ figures: [String: [Double]], of name: String, isProduct: Bool, _ session: Session) {
        for (figure, measure) in measures {
            session.record(measure, of: name, isProduct: isProduct, figures[figure] ?? [])
        }
    }

    /// Runs a program that prints one `name value` a line; returns the values of each name.
    private static func run(_ command: [String], _ session: Session) throws -> [String: [Double]] {
        let workspace = try Workspace(child: session.child)
        defer { workspace.close() }
        let log = "\(workspace.path)/log"
        let process = try SpawnedProcess(command, directory: workspace.path, log: log)
        _ = try process.waitForEnd(limit: .seconds(30 * session.rounds))
        let text = TextFile.read(log) ?? ""
        guard process.exitCode == 0 else { throw BenchmarkError("\(command[0]): \(text)") }
        return text.split(separator: "\n").reduce(into: [:]) { figures, line in
            let pair = line.split(separator: " ")
            guard pair.count == 2, let value = Double(pair[1]) else { return }
            figures[String(pair[0]), default: []].append(value)
        }
    }
}
