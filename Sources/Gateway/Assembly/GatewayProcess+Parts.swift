import AsyncHTTPClient
import GatewayConfiguration
import Glibc
import JSONLogging
import Logging
import ProcessControl
import StateStore
import Supervision
import SystemPackage
import Workers

/// The parts of the gateway, and how they hang together.
extension GatewayProcess {
    /// The tree, the store, and what shows them to operators.
    struct Parts {
        let tree: SupervisionTree<MonotonicClock>
        let store: SQLiteTriangularStore<MonotonicClock>
        let telemetry: Telemetry
        let gateway: TreeOperator
        let adoptables: Adoptables
        let wanted: WantedPrograms
    }

    /// Puts the parts together; nothing runs yet.
    func makeParts(
        _ reactor: ProcessReactor,
        _ client: HTTPClient,
        _ telemetry: Telemetry,
        _ store: SQLiteTriangularStore<MonotonicClock>
    ) async -> Parts {
        let ports = FlowPorts(range: loaded.configuration.limits.flowPorts, known: await knownPorts(store))
        let (adoptables, watch) = (Adoptables(), ReloadWatch())
        let flows = FlowListeners(listeners: [watch, telemetry.flows])
        let catalog = makeCatalog(reactor, client, telemetry, ports, adoptables, flows: flows)
        let builder = TreeBuilder(loaded.configuration, children: childSpecBuilder)
        let tree = makeTree(builder, catalog, telemetry, store, [watch, FlowPortRelease(ports: ports)])
        let current = CurrentConfiguration(loaded)
        let gateway = TreeOperator(
            tree: tree,
            ledger: telemetry.ledger,
            clock: clock,
            pid: getpid(),
            current: current,
            storeTrouble: { store.figures.degradedReason },
            declarations: makeDeclarations(tree, current, catalog),
            reloads: makeReload(tree, current, watch, reactor, telemetry),
            secrets: log.secrets,
            logLevels: log.level,
            logger: log.makeLogger("operator")
        )
        return Parts(
            tree: tree,
            store: store,
            telemetry: telemetry,
            gateway: gateway,
            adoptables: adoptables,
            wanted: WantedPrograms(builder.makeRoot(), held: await heldPaths(store)) { type in
                catalog.entry(type)?.runsProgram == true
            }
        )
    }

    private func makeDeclarations(
        _ tree: SupervisionTree<MonotonicClock>,
        _ current: CurrentConfiguration,
        _ catalog: WorkerCatalog
    ) -> WorkerDeclarations {
        WorkerDeclarations(
            tree: tree,
            current: current,
            environment: options.environment,
            builder: childSpecBuilder,
            workerTypes: catalog.factory.knownTypes,
            secrets: log.secrets
        )
    }

    private func makeReload(
        _ tree: SupervisionTree<MonotonicClock>,
        _ current: CurrentConfiguration,
        _ watch: ReloadWatch,
        _ reactor: ProcessReactor,
        _ telemetry: Telemetry
    ) -> ConfigurationReload {
        ConfigurationReload(
            inputs: ConfigurationReload.Inputs(options: options, loadedAt: loadedAt),
            tree: tree,
            current: current,
            builder: childSpecBuilder,
            lint: FlowLint(reactor: reactor, directory: FilePath(options.dataDirectory).appending("candidates")),
            watch: watch,
            ledger: telemetry.ledger,
            setup: log,
            log: ReloadLog(
                logger: log.makeLogger("reload"),
                metrics: telemetry.reloads,
                advice: telemetry.advice
            ),
            clock: clock
        )
    }

    private var childSpecBuilder: ChildSpecBuilder {
        ChildSpecBuilder(gatewayEnvironment: options.environment, dataDirectory: options.dataDirectory)
    }

    /// The ports that flows had before; without them each flow gets a new one.
    private func knownPorts(_ store: SQLiteTriangularStore<MonotonicClock>) async -> [HierarchyPath: Int] {
        do {
            return try await StoredPorts(store: store).read()
        } catch {
            logger.warning("Ports of flows could not be read from the store", metadata: ["error": "\(error)"])
            return [:]
        }
    }

    /// What an operator has stopped; where that cannot be read, the tree says so when it is started.
    private func heldPaths(_ store: SQLiteTriangularStore<MonotonicClock>) async -> Set<HierarchyPath> {
        let documents = (try? await store.documents(.desired, as: DesiredHeader.self)) ?? []
        return Set(documents.filter { $0.content.state == .stopped }.map(\.key.path))
    }

    private func makeTree(
        _ builder: TreeBuilder,
        _ catalog: WorkerCatalog,
        _ telemetry: Telemetry,
        _ store: SQLiteTriangularStore<MonotonicClock>,
        _ observers: [any SupervisionObserver]
    ) -> SupervisionTree<MonotonicClock> {
        let (clock, supervision) = (self.clock, log.makeLogger("supervision"))
        let eventLog = EventLog(
            logger: supervision,
            circuit: CircuitLog(
                // The engine keeps the pace of an open circuit's lines: supervisor.circuit.reportInterval.
                logger: log.makeLogger("supervision", isFolded: false),
                advice: telemetry.advice
            )
        )
        let metrics = EventMetrics(telemetry, catalog: catalog, logger: supervision)
        return SupervisionTree(
            root: builder.makeRoot(),
            factory: catalog.factory,
            store: store,
            settings: builder.settings,
            clock: clock,
            // Who reads of something in the log finds it in the metrics already.
            observer: SupervisionObservers(observers: observers + [metrics, telemetry.clock, eventLog])
        )
    }
}
