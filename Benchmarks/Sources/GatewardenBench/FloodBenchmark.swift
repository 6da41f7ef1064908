internal import Glibc

/// What a child costs that writes far more lines than are kept.
enum FloodBenchmark {
    private static let linesPerSecond = 100_000
    private static let seconds = 10

    /// A gateway with one child that floods.
    private struct FloodedGateway: Supervisor {
        let product: Gatewarden
        var name: String { product.name }
        var restartSamples: Int { product.restartSamples }

        func prepare(_ count: Int, in workspace: Workspace) throws -> [String] {
            let command = try product.prepare(count, in: workspace)
            let processes = childNames(count).map { name in
                "  - {name: \(name), command: [\"\(workspace.childProgram)\", flood, \(linesPerSecond), \(seconds), \(name)]}\n"
            }
            let configuration = "agent: {name: bench}\nprocesses:\n\(processes.joined())"
            try TextFile.write(configuration, to: "\(workspace.path)/gateway.yaml")
            return command
        }
    }

    /// Watches one flood a round.
    static func measure(_ session: Session) throws {
        var samples: [Measure: [Double]] = [:]
        for _ in 0..<min(session.rounds, 3) {
            try session.withRun(of: FloodedGateway(product: session.product), count: 1) { run in
                for (measure, value) in try watch(run, session.product) { samples[measure, default: []].append(value) }
            }
        }
        for measure in [Measure.floodProcessor, .floodResident, .floodDisk, .floodDropped, .floodDelay] {
            session.record(measure, of: session.product, samples[measure] ?? [])
        }
    }

    /// Waits for the end of the flood that has just begun.
    private static func watch(_ run: SupervisorRun, _ product: Gatewarden) throws -> [Measure: Double] {
        guard let gateway = run.supervisorProcesses().first, let begin = run.reports.first?.time else {
            throw BenchmarkError("no gateway runs")
        }
        let port = try Readiness.wait(for: run, of: product)
        let (watchedSince, used) = (MonotonicTime.now, gateway.processorSeconds ?? 0)
        guard let end = try run.workspace.reports.read(1, limit: .seconds(6 * seconds)).first?.time else {
            throw BenchmarkError("the flood has no end")
        }
        let load = ((gateway.processorSeconds ?? 0) - used) / MonotonicTime.now.milliseconds(since: watchedSince) * 1e5
        let resident = gateway.residentMegabytes ?? 0
        // Files are a second behind at most, and the last lines are read soon after they were written.
        try Pause.sleep(.seconds(2))
        return [
            .floodProcessor: load,
            .floodResident: resident,
            .floodDisk: Double(bytes(below: "\(run.workspace.path)/data/logs")) / 1e6,
            .floodDropped: try droppedPercent(port),
            .floodDelay: end.milliseconds(since: begin) - Double(seconds * 1000),
        ]
    }

    private static func droppedPercent(_ port: UInt16) throws -> Double {
        let family = "gatewarden_child_log_lines"
        let child = "child=\"bench/c001\""
        guard let dropped = MetricsPage.value(of: "\(family)_dropped_total{\(child)}", port: port),
            let total = MetricsPage.value(of: "\(family)_total{\(child),stream=\"stdout\"}", port: port)
        else { throw BenchmarkError("no \(family)") }
        guard total == Double(linesPerSecond * seconds) else { throw BenchmarkError("\(total) lines were counted") }
        return dropped / total * 100
    }

    private static func bytes(below path: String) -> Int {
        TextFile.names(in: path).reduce(0) { sum, name in
            var status = stat()
            guard lstat("\(path)/\(name)", &status) == 0 else { return sum }
            let isDirectory = status.st_mode & S_IFMT == S_IFDIR
            return sum + (isDirectory ? bytes(below: "\(path)/\(name)") : Int(status.st_size))
        }
    }
}
