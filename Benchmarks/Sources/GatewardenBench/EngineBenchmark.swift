/// What the engine alone costs, with workers that do nothing.
enum EngineBenchmark {
    /// Runs the engine with a thousand workers once a round, and with ten thousand once.
    static func measure(_ session: Session) throws {
        let program = try Executables.beside("EngineBench")
        var figures: [[String: Double]] = []
        for _ in 0..<min(session.rounds, 3) {
            try figures.append(run(program, children: 1000, session))
        }
        let many = try run(program, children: 10_000, session)
        func record(_ measure: Measure, _ value: ([String: Double]) -> Double?) {
            session.record(measure, of: session.product, figures.compactMap(value))
        }
        record(.engineTick) { $0["tick_us_per_child"] }
        record(.engineAllocations) { $0["allocations_per_child_tick"] }
        record(.engineMissedTicks) { $0["ticks_per_second"].map { max(0, 10 - $0) } }
        record(.engineProcessor) { $0["cpu_percent"] }
        record(.engineResident) { $0["rss_mb"] }
        record(.engineStop) { $0["stop_ms"] }
        record(.engineGrowth) { few in
            guard let one = few["cpu_percent"], let ten = many["cpu_percent"], one > 0 else { return nil }
            return ten / one
        }
    }

    private static func run(_ program: String, children: Int, _ session: Session) throws -> [String: Double] {
        let workspace = try Workspace(child: session.child)
        defer { workspace.close() }
        let log = "\(workspace.path)/log"
        let seconds = String(session.window / .seconds(1))
        let command = [program, String(children), String(seconds.prefix { $0 != "." })]
        let process = try SpawnedProcess(command, directory: workspace.path, log: log)
        _ = try process.waitForEnd(limit: session.window + .seconds(60))
        let text = TextFile.read(log) ?? ""
        guard process.exitCode == 0 else { throw BenchmarkError("EngineBench: \(text)") }
        let pairs = text.split(separator: "\n").map { $0.split(separator: " ") }
        return pairs.reduce(into: [:]) { figures, pair in
            if pair.count == 2 { figures[String(pair[0])] = Double(pair[1]) }
        }
    }
}
