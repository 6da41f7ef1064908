/// The start and the stop of a supervisor with its children, timed by the clocks that the children report.
enum LifecycleBenchmark {
    /// Starts and stops one supervisor, once a round.
    static func measure(_ supervisor: any Supervisor, _ session: Session) throws {
        var first: [Double] = []
        var last: [Double] = []
        var stops: [Double] = []
        for _ in 0..<session.rounds {
            try session.withRun(of: supervisor) { run in
                let starts = run.reports.map { $0.time.milliseconds(since: run.process.startTime) }
                first.append(starts.min() ?? 0)
                last.append(starts.max() ?? 0)
                guard Set(run.reports.map(\.name)) == Set(run.names) else {
                    throw BenchmarkError("\(supervisor.name): not every child started exactly once")
                }
                // Long enough for every child to count as started everywhere.
                try Pause.sleep(.seconds(1))
                try stops.append(run.stop())
                try checkExit(run, of: supervisor)
            }
        }
        session.record(.firstChild, of: supervisor, first)
        session.record(.lastChild, of: supervisor, last)
        session.record(.stop, of: supervisor, stops)
    }

    private static func checkExit(_ run: SupervisorRun, of supervisor: any Supervisor) throws {
        guard supervisor is Gatewarden, run.process.exitCode != 0 else { return }
        throw BenchmarkError("\(supervisor.name): SIGTERM led to exit code \(run.process.exitCode ?? -1)")
    }
}
