internal import Glibc

/// The start after the product was killed and left its children behind.
enum RecoveryBenchmark {
    private static let childCount = 20

    /// Kills and starts the product, once a round.
    static func measure(_ session: Session) throws {
        var times: [Double] = []
        for _ in 0..<session.rounds {
            try session.withRun(of: session.product, count: childCount) { run in
                try Readiness.wait(for: run, of: session.product)
                run.process.send(SIGKILL)
                _ = try run.process.waitForEnd()
                try run.startAgain()
                try Readiness.wait(for: run, of: session.product)
                times.append(MonotonicTime.now.milliseconds(since: run.process.startTime))
                guard Set(run.workspace.children()) == Set(run.reports.map(\.pid)) else {
                    throw BenchmarkError("after kill -9 other children run than the \(childCount) new ones")
                }
            }
        }
        session.record(.recovery, of: session.product, times)
    }
}
