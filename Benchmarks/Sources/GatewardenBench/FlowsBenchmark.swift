internal import Glibc

/// What a hundred flows and a broker cost that are observed once a second.
enum FlowsBenchmark {
    static let flowCount = 100
    /// Three of them are more than three turns of the store's writing behind, which by default comes every 30 s.
    private static let window = Duration.seconds(32)

    /// Watches one gateway for three windows, then stops it.
    static func measure(_ session: Session) throws {
        let plant = try FlowPlant(session)
        try session.withRun(of: plant, count: flowCount, reports: 0) { run in
            let port = try waitUntilReady(run, children: flowCount + 1, of: plant.product)
            session.record(
                .flowsReady, of: session.product, [MonotonicTime.now.milliseconds(since: run.process.startTime)])
            // The trials of the first configuration end, and what the start has used is given back.
            try Pause.sleep(.seconds(5))
            let (begin, written) = (MonotonicTime.now, try writtenBytes(port))
            try watch(run, session)
            let hours = MonotonicTime.now.milliseconds(since: begin) / 3_600_000
            session.record(.flowsStore, of: session.product, [(try writtenBytes(port) - written) / 1e6 / hours])
            session.record(.flowsStop, of: session.product, [try run.stop()])
        }
    }

    /// Waits until the product calls all its children ready, by its own metrics.
    ///
    /// - Parameters:
    ///   - run: a run of the product.
    ///   - children: how many.
    ///   - product: the product.
    /// - Returns: the port of its metrics.
    /// - Throws: when they are not ready within two minutes.
    static func waitUntilReady(_ run: SupervisorRun, children: Int, of product: Gatewarden) throws -> UInt16 {
        var port: UInt16?
        try Pause.until("\(children) ready children", limit: .seconds(120), period: .milliseconds(100)) {
            port = port ?? product.port(log: run.log)
            guard let port else { return false }
            return areReady(port, children: children)
        }
        return port ?? 0
    }

    /// Whether the product calls its whole tree ready, which is its children and the root.
    static func areReady(_ port: UInt16, children: Int) -> Bool {
        let values = MetricsPage.values(of: "gatewarden_child_ready", port: port)
        return values.count == children + 1 && values.allSatisfy { $0 == 1 }
    }

    private static func watch(_ run: SupervisorRun, _ session: Session) throws {
        let gateway = ProcessFigures(pid: run.process.pid)
        var loads: [Double] = []
        for _ in 0..<3 {
            let (begin, used) = (MonotonicTime.now, gateway.processorSeconds ?? 0)
            try Pause.sleep(window)
            let seconds = MonotonicTime.now.milliseconds(since: begin) / 1000
            loads.append(((gateway.processorSeconds ?? 0) - used) / seconds * 100)
        }
        session.record(.flowsProcessor, of: session.product, loads)
        session.record(.flowsResident, of: session.product, [gateway.residentMegabytes ?? 0])
        session.record(.flowsThreads, of: session.product, [gateway.threads ?? 0])
        session.record(.flowsDescriptors, of: session.product, [gateway.descriptors])
    }

    private static func writtenBytes(_ port: UInt16) throws -> Double {
        let family = "gatewarden_store_written_bytes_total"
        guard let bytes = MetricsPage.value(of: family, port: port) else { throw BenchmarkError("no \(family)") }
        return bytes
    }
}
