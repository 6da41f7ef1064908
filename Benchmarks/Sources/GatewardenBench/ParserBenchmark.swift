/// What reading a broker's metrics costs.
enum ParserBenchmark {
    /// Runs the parser on a page of 1 MB, in its two formats and strictly.
    static func measure(_ session: Session) throws {
        let program = try Executables.beside("ParserBench")
        let workspace = try Workspace(child: session.child)
        defer { workspace.close() }
        let log = "\(workspace.path)/log"
        let process = try SpawnedProcess([program, String(session.rounds)], directory: workspace.path, log: log)
        _ = try process.waitForEnd(limit: .seconds(120))
        let text = TextFile.read(log) ?? ""
        guard process.exitCode == 0 else { throw BenchmarkError("ParserBench: \(text)") }
        let pairs = text.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0.count == 2 }
        func record(_ measure: Measure, _ name: String) {
            session.record(measure, of: session.product, pairs.filter { $0[0] == name }.compactMap { Double($0[1]) })
        }
        record(.parserText, "text_ms_per_mb")
        record(.parserOpenMetrics, "openmetrics_ms_per_mb")
        record(.parserStrict, "strict_ms_per_mb")
        record(.parserAllocations, "text_allocations")
        record(.parserAllocations, "openmetrics_allocations")
    }
}
