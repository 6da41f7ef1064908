/// What a scrape of the product's metrics costs.
enum ScrapeBenchmark {
    /// Scrapes ten times a round.
    static func measure(_ session: Session) throws {
        try session.withRun(of: session.product) { run in
            let port = try Readiness.wait(for: run, of: session.product)
            var times: [Double] = []
            var sizes: [Double] = []
            for _ in 0..<session.rounds * 10 {
                try Pause.sleep(.milliseconds(50))
                let begin = MonotonicTime.now
                guard let answer = HTTPCall.get("/metrics", port: port) else { throw BenchmarkError("no metrics") }
                times.append(MonotonicTime.now.milliseconds(since: begin))
                sizes.append(Double(answer.body.utf8.count) / 1000)
                try checkChildren(answer.body)
            }
            session.record(.scrapeTime, of: session.product, times)
            session.record(.scrapeSize, of: session.product, sizes)
        }
    }

    private static func checkChildren(_ metrics: String) throws {
        let up = metrics.split(separator: "\n").filter { $0.hasPrefix("gatewarden_child_up{") && $0.hasSuffix(" 1") }
        guard up.count == Session.childCount else { throw BenchmarkError("metrics say that \(up.count) children run") }
    }
}
