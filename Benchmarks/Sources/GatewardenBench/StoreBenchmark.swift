/// How much the store writes while nothing happens: an edge box boots from flash, and flash wears out.
enum StoreBenchmark {
    /// Long enough for a few turns of the writing behind, which by default comes every 30 s.
    private static let window = Duration.seconds(95)

    /// Watches a gateway with a hundred idle children once.
    static func measure(_ session: Session) throws {
        try session.withRun(of: session.product) { run in
            let port = try Readiness.wait(for: run, of: session.product)
            try Pause.sleep(.seconds(3))
            let (begin, written) = (MonotonicTime.now, try writtenBytes(port))
            try Pause.sleep(window)
            let hours = MonotonicTime.now.milliseconds(since: begin) / 3_600_000
            let megabytes = (try writtenBytes(port) - written) / 1e6
            session.record(.storeIdle, of: session.product, [megabytes / hours])
        }
    }

    private static func writtenBytes(_ port: UInt16) throws -> Double {
        let family = "gatewarden_store_written_bytes_total"
        guard let bytes = MetricsPage.value(of: family, port: port) else { throw BenchmarkError("no \(family)") }
        return bytes
    }
}
