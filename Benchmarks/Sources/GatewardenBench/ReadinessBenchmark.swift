/// How soon the product says that it is ready, in runs of their own, because asking costs it time.
enum ReadinessBenchmark {
    /// Starts the product, once a round.
    static func measure(_ session: Session) throws {
        var times: [Double] = []
        for _ in 0..<session.rounds {
            try session.withRun(of: session.product) { run in
                try Readiness.wait(for: run, of: session.product)
                times.append(MonotonicTime.now.milliseconds(since: run.process.startTime))
            }
        }
        session.record(.ready, of: session.product, times)
    }
}
