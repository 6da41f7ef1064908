internal import Glibc

/// The time from the kill of a child to the first act of its replacement.
enum RestartBenchmark {
    /// Kills children of one supervisor one after the other, each once, so that no backoff applies.
    static func measure(_ supervisor: any Supervisor, _ session: Session) throws {
        try session.withRun(of: supervisor) { run in
            // s6 and supervisord wait before they replace what did not live for a second.
            try Pause.sleep(.seconds(2))
            var pids = Dictionary(run.reports.map { ($0.name, $0.pid) }) { first, _ in first }
            var samples: [Double] = []
            for name in run.names.shuffled().prefix(supervisor.restartSamples) {
                // Any phase of a supervisor's period is as likely as any other.
                try Pause.sleep(.milliseconds(.random(in: 5...125)))
                guard let pid = pids[name] else { throw BenchmarkError("\(name) did not start") }
                let begin = MonotonicTime.now
                guard kill(pid, SIGKILL) == 0 else { throw BenchmarkError.system("cannot kill \(name)") }
                guard let report = try run.workspace.reports.read(1, limit: .seconds(10)).first, report.name == name
                else { throw BenchmarkError("\(supervisor.name): another child than \(name) was restarted") }
                samples.append(report.time.milliseconds(since: begin))
                pids[name] = report.pid
            }
            session.record(.restart, of: supervisor, samples)
            guard Set(pids.values) == Set(run.workspace.children()) else {
                throw BenchmarkError("\(supervisor.name): siblings of a killed child changed their pids")
            }
        }
    }
}
