import CoreMetrics
import Exposition
import JSONLogging
import Logging
import OperatorHTTP
import StateStore
import Supervision
import Workers

/// Everything that the gateway's metrics are made of.
struct Telemetry: Sendable {
    /// The accounts of all processes.
    let ledger: ChildLedger
    /// The engine's metrics.
    let supervisor: SupervisorMetrics
    /// The children's metrics.
    let child: ChildMetrics
    /// The store's metrics.
    let store: StoreMetrics
    /// What is seen of flows.
    let flows: FlowTelemetry
    /// What is seen of brokers.
    let brokers: BrokerTelemetry
    /// What is seen of connections.
    let connections: ConnectionTelemetry
    /// How reloads of the configuration went.
    let reloads: ReloadMetrics
    /// What the log tells people to do.
    let advice: EscalationAdvice
    /// What clients do with the pages.
    let http: HTTPTelemetry
    /// What is seen of the clock.
    let clock: ClockTelemetry
    private let registry = MetricRegistry()

    /// Registers all families.
    ///
    /// - Parameters:
    ///   - startedAt: when the gateway was started, since 1970.
    ///   - log: tells how many lines were written and lost.
    ///   - advice: what the log tells people to do.
    ///   - output: brings what children write to disk; nil for nowhere.
    ///   - outputSettings: what is kept of it.
    ///   - now: the monotonic time; callable from any thread.
    /// - Throws: a name or label that breaks the rules: a mistake in the program.
    init(
        startedAt: Duration,
        log: LogWriter,
        advice: EscalationAdvice,
        output: ChildOutputFiles? = nil,
        outputSettings: ChildOutputSettings = ChildOutputSettings(),
        now: @escaping @Sendable () -> Moment
    ) throws(ExpositionError) {
        self.advice = advice
        supervisor = try SupervisorMetrics(registry, now: now)
        child = try ChildMetrics(registry)
        store = try StoreMetrics(registry)
        ledger = ChildLedger(metrics: child, settings: outputSettings, files: output)
        flows = FlowTelemetry(metrics: try FlowMetrics(registry), advice: advice, logger: Logger(label: "flow"))
        brokers = BrokerTelemetry(metrics: try BrokerMetrics(registry), logger: Logger(label: "broker"))
        connections = ConnectionTelemetry(metrics: try ConnectionMetrics(registry))
        reloads = try ReloadMetrics(registry, startedAt: startedAt)
        http = HTTPTelemetry(metrics: try HTTPMetrics(registry), advice: advice, logger: Logger(label: "http"))
        clock = try ClockTelemetry(
            registry,
            now: now,
            calendar: { WallTime.now().sinceEpoch },
            logger: Logger(label: "clock")
        )
        let own = try OwnProcessMetrics(registry, startedAt: startedAt)
        let refusals = try RefusalMetrics(registry)
        // Weak: the registry holds what it calls.
        registry.collect { [ledger, flows, brokers, connections, clock, supervisor, weak registry] samples in
            own.collect(&samples, log: log.counts)
            supervisor.ticks.collect(&samples)
            clock.collect(&samples)
            if let registry { refusals.collect(&samples, registry.refusals) }
            ledger.collect(&samples)
            flows.collect(&samples)
            brokers.collect(&samples)
            connections.collect(&samples)
        }
    }

    /// Begins to keep what is seen of a new child; nothing is kept of what its worker type has no figures for.
    func open(_ path: HierarchyPath, _ type: WorkerType) {
        switch type {
        case BenthosWorker.type: flows.open(path)
        case RedpandaWorker.type: brokers.open(path)
        case ConnectionWorker.type: connections.open(path)
        default: break
        }
    }

    /// Forgets what was seen of a child that has gone for good, or is of another type now.
    func close(_ path: HierarchyPath, _ type: WorkerType) {
        switch type {
        case BenthosWorker.type: flows.close(path)
        case RedpandaWorker.type: brokers.close(path)
        case ConnectionWorker.type: connections.close(path)
        default: break
        }
    }

    /// Adds the figures of the store to every scrape from now on.
    func observe(_ store: SQLiteTriangularStore<MonotonicClock>) {
        registry.collect { [metrics = self.store] samples in metrics.collect(&samples, store.figures) }
    }

    /// Lets every library of this process put its metrics into the same registry.
    ///
    /// To be called once in a process, before anything is measured.
    func bootstrap(logger: Logger) {
        let factory = RegistryMetricsFactory(registry: registry) { conflict in
            logger.error("Metric refused", metadata: ["error": "\(conflict)"])
        }
        MetricsSystem.bootstrap(factory)
    }

    /// All metrics in the format that a scraper has asked for.
    ///
    /// - Parameter accept: the value of the header `Accept`; nil for none.
    /// - Returns: the content type, and what renders the metrics of the moment at which it is called.
    func rendition(accept: String?) -> MetricsRendition {
        let format = ExpositionFormat.negotiated(accept: accept)
        return MetricsRendition(contentType: format.contentType) { [registry] in
            var bytes: [UInt8] = []
            format.write(registry, into: &bytes)
            return bytes
        }
    }
}
