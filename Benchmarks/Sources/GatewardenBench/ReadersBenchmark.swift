/// What scrapes of 100,000 series cost the supervision, with readers that are slow and one that never reads.
enum ReadersBenchmark {
    private static let childCount = 2000
    private static let seriesCount = 100_000
    private static let slowReaders = 10

    /// A gateway with more children than the names of the others reach.
    private struct LargeGateway: Supervisor {
        let product: Gatewarden
        var name: String { product.name }
        var restartSamples: Int { product.restartSamples }

        func prepare(_ count: Int, in workspace: Workspace) throws -> [String] {
            let processes = (1...count).map { "  - {name: n\($0), command: [\"\(workspace.childProgram)\", n\($0)]}\n" }
            let text = "agent: {name: bench}\nprocesses:\n\(processes.joined())"
            try TextFile.write(text, to: product.configurationFile(in: workspace))
            return product.command(in: workspace)
        }
    }

    /// The tick loop as the metrics tell it.
    private struct Ticks {
        let count: Double
        let delay: Double

        init(port: UInt16) throws {
            let family = "gatewarden_supervisor_tick_delay_seconds"
            guard let page = HTTPCall.get("/metrics", port: port)?.body,
                let count = MetricsPage.value(of: "\(family)_count", in: page),
                let delay = MetricsPage.value(of: "\(family)_sum", in: page)
            else { throw BenchmarkError("no \(family)") }
            self.count = count
            self.delay = delay
        }
    }

    /// Watches one gateway for a few windows, each without and with readers.
    static func measure(_ session: Session) throws {
        var samples: [Measure: [Double]] = [:]
        try session.withRun(of: LargeGateway(product: session.product), count: childCount) { run in
            let port = try Readiness.wait(for: run, of: session.product)
            try Pause.sleep(.seconds(3))
            let page = HTTPCall.get("/metrics", port: port)?.body ?? ""
            let series = page.split(separator: "\n").count { !$0.hasPrefix("#") }
            guard series >= seriesCount else { throw BenchmarkError("\(series) series are too few") }
            for _ in 0..<min(session.rounds, 3) {
                let quiet = try watch(port, session.window) {}
                let readers = try SlowReaders(slowReaders, port: port)
                var scrapes: [Double] = []
                var next = MonotonicTime.now
                let busy = try watch(port, session.window) {
                    try readers.read()
                    guard MonotonicTime.now >= next else { return }
                    next = MonotonicTime.now + .seconds(1)
                    let begin = MonotonicTime.now
                    guard HTTPCall.get("/metrics", port: port)?.status == 200 else {
                        throw BenchmarkError("no metrics")
                    }
                    scrapes.append(MonotonicTime.now.milliseconds(since: begin))
                }
                samples[.readersQuietDelay, default: []].append(quiet.delay)
                samples[.readersDelay, default: []].append(busy.delay)
                samples[.readersMissedTicks, default: []].append(busy.missed)
                samples[.readersScrape, default: []] += scrapes
            }
            let resident = run.supervisorProcesses().first?.residentMegabytes ?? 0
            samples[.readersResident] = [resident]
        }
        let measures: [Measure] = [
            .readersQuietDelay, .readersDelay, .readersMissedTicks, .readersScrape, .readersResident,
        ]
        for measure in measures { session.record(measure, of: session.product, samples[measure] ?? []) }
    }

    /// Does something again and again for a window; tells how late ticks began on the average, in milliseconds, and how many
    /// a second were missed.
    private static func watch(
        _ port: UInt16,
        _ window: Duration,
        _ body: () throws -> Void
    ) throws -> (delay: Double, missed: Double) {
        let (first, begin) = (try Ticks(port: port), MonotonicTime.now)
        while MonotonicTime.now < begin + window {
            try body()
            try Pause.sleep(.milliseconds(20))
        }
        let (last, seconds) = (try Ticks(port: port), MonotonicTime.now.milliseconds(since: begin) / 1000)
        let count = last.count - first.count
        guard count > 0 else { throw BenchmarkError("no ticks") }
        return ((last.delay - first.delay) / count * 1000, max(0, 10 - count / seconds))
    }
}
