internal import Glibc

/// What the product costs with a thousand real processes.
enum ScaleBenchmark {
    private static let childCount = 1000

    /// Watches one gateway for a few windows, then stops it.
    static func measure(_ session: Session) throws {
        try session.withRun(of: session.product, count: childCount) { run in
            let port = try Readiness.wait(for: run, of: session.product)
            try Pause.sleep(.seconds(3))
            guard let gateway = run.supervisorProcesses().first else { throw BenchmarkError("no gateway runs") }
            var loads: [Double] = []
            var missed: [Double] = []
            for _ in 0..<min(session.rounds, 3) {
                let begin = MonotonicTime.now
                let (used, ticks) = (gateway.processorSeconds ?? 0, try tickCount(port))
                try Pause.sleep(session.window)
                let seconds = MonotonicTime.now.milliseconds(since: begin) / 1000
                loads.append(((gateway.processorSeconds ?? 0) - used) / seconds * 100)
                try missed.append(max(0, 10 - (tickCount(port) - ticks) / seconds))
            }
            session.record(.scaleProcessor, of: session.product, loads)
            session.record(.scaleMissedTicks, of: session.product, missed)
            session.record(.scaleResident, of: session.product, [gateway.residentMegabytes ?? 0])
            session.record(.scaleStop, of: session.product, [try run.stop()])
        }
    }

    private static func tickCount(_ port: UInt16) throws -> Double {
        let family = "gatewarden_supervisor_tick_duration_seconds_count"
        guard let count = MetricsPage.value(of: family, port: port) else { throw BenchmarkError("no \(family)") }
        return count
    }
}
