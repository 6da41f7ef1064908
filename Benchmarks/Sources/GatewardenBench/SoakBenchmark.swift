/// Whether anything grows while things go wrong all the time.
///
/// The product lives at tenfold speed, so that six minutes of it are an hour: it observes and ticks ten times as often,
/// and something goes wrong every five seconds. What grows without end does so with the observations or with the faults,
/// of which there are seventy in that time.
enum SoakBenchmark {
    private static let betweenFaults = Duration.seconds(5)

    /// What is sampled.
    private struct Samples {
        var processor = SampleSeries()
        var resident = SampleSeries()
        var threads = SampleSeries()
        var poolThreads = SampleSeries()
        var descriptors = SampleSeries()
        var sockets = SampleSeries()
    }

    /// Watches one gateway.
    static func measure(_ session: Session) throws {
        let plant = try FlowPlant(session, speed: .tenfold)
        let flowCount = FlowsBenchmark.flowCount
        // The broker, and the talker, which reports its start.
        let childCount = flowCount + 2
        try session.withRun(of: plant, count: flowCount, reports: 1) { run in
            let port = try FlowsBenchmark.waitUntilReady(run, children: childCount, of: plant.product)
            var faults = try FaultInjector(run, of: plant)
            // What is made when it is needed for the first time is no growth.
            for fault in PlantFault.allCases {
                try faults.make(fault)
                try Pause.sleep(betweenFaults)
            }
            let samples = try sample(run, for: session.soak, &faults)
            print("soak: \(faults.summary)\nsoak: \(answers(port))")
            record(samples, session)
            try faults.make(.openedBroker)
            try Pause.until("recovery from the last fault", limit: .seconds(120), period: .milliseconds(100)) {
                FlowsBenchmark.areReady(port, children: childCount)
            }
        }
    }

    /// What the product did about the faults, by its own count.
    private static func answers(_ port: UInt16) -> String {
        func sum(_ family: String) -> Int { Int(MetricsPage.values(of: family, port: port).reduce(0, +)) }
        let restarts = sum("gatewarden_child_restarts_total")
        return
            "\(restarts) restarts, \(sum("supervisor_circuit_breaker_recoveries_total")) circuits opened and closed again"
    }

    /// Samples every second fault, which is every ten seconds, just before the next one.
    private static func sample(
        _ run: SupervisorRun,
        for time: Duration,
        _ faults: inout FaultInjector
    ) throws -> Samples {
        let gateway = ProcessFigures(pid: run.process.pid)
        var samples = Samples()
        let begin = MonotonicTime.now
        var last = (time: begin, used: gateway.processorSeconds ?? 0)
        var faultCount = 0
        while MonotonicTime.now < begin + time {
            try faults.make(PlantFault.allCases[faultCount % PlantFault.allCases.count])
            faultCount += 1
            try Pause.sleep(betweenFaults)
            guard faultCount.isMultiple(of: 2) else { continue }
            guard !run.process.hasEnded, let used = gateway.processorSeconds else {
                throw BenchmarkError("the gateway has ended: \(TextFile.read(run.log)?.suffix(500) ?? "")")
            }
            let now = MonotonicTime.now
            let seconds = now.milliseconds(since: begin) / 1000
            samples.processor.append((used - last.used) / now.milliseconds(since: last.time) * 1e5, at: seconds)
            samples.resident.append(gateway.residentMegabytes ?? 0, at: seconds)
            let pool = gateway.poolThreads
            samples.threads.append((gateway.threads ?? 0) - pool, at: seconds)
            samples.poolThreads.append(pool, at: seconds)
            let sockets = gateway.sockets
            samples.descriptors.append(gateway.descriptors - sockets, at: seconds)
            samples.sockets.append(sockets, at: seconds)
            last = (now, used)
        }
        return samples
    }

    private static func record(_ samples: Samples, _ session: Session) {
        let series: [(Measure, growth: Measure?, SampleSeries)] = [
            (.soakProcessor, nil, samples.processor),
            (.soakResident, .soakResidentGrowth, samples.resident),
            (.soakThreads, .soakThreadGrowth, samples.threads),
            (.soakPoolThreads, .soakPoolThreadGrowth, samples.poolThreads),
            (.soakDescriptors, .soakDescriptorGrowth, samples.descriptors),
            (.soakSockets, .soakSocketGrowth, samples.sockets),
        ]
        for (measure, growth, series) in series {
            print("\(measure.rawValue): \(series.summary)")
            session.record(measure, of: session.product, series.values)
            if let growth { session.record(growth, of: session.product, [series.growth]) }
        }
    }
}
