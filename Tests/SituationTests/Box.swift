import AsyncHTTPClient
import NIOPosix
import Probes
import ProcessControl
import StandinsTesting
import Supervision
import SupervisionTesting
import Synchronization
import SystemPackage
import Workers

/// Real programs under the real workers and the real engine, at a quicker pace than that of a plant.
final class Box: Sendable {
    /// Who looks after the children.
    enum Root {
        /// Nobody: what is wrong stays as it is.
        case unchecked
        /// The checks and the circuit of a gateway.
        case checked
    }

    /// Where the ports of the next box begin; test runs on the same machine begin at different places.
    private static let nextPorts = Mutex(Int.random(in: 1_000..<1_800) * 10)

    let folder: TemporaryFolder
    private let tree: SupervisionTree<MonotonicClock>
    private let events: AsyncStream<BoxEvent>
    private let root: WorkerType

    /// Runs a box for the time of a test, and stops all of it.
    ///
    /// - Parameters:
    ///   - children: the flows, brokers and connections.
    ///   - root: who looks after the children.
    ///   - folder: where files go.
    ///   - test: what is done with the box.
    /// - Throws: what the test throws.
    static func run(
        _ children: ChildSpec...,
        root: Root = .unchecked,
        in folder: TemporaryFolder = TemporaryFolder(),
        test: (Box) async throws -> Void
    ) async throws {
        let reactor = try ProcessReactor()
        let box = Box(root, in: folder, children, reactor)
        let running = Task { try await box.tree.run() }
        do {
            try await test(box)
        } catch {
            await box.tree.shutDown()
            try await running.value
            await reactor.shutdown()
            throw error
        }
        await box.tree.shutDown()
        try await running.value
        await reactor.shutdown()
    }

    private init(_ root: Root, in folder: TemporaryFolder, _ children: [ChildSpec], _ reactor: ProcessReactor) {
        let (events, sink) = AsyncStream.makeStream(of: BoxEvent.self)
        let ears = BoxEars(events: sink)
        let clock = MonotonicClock()
        var settings = SupervisionSettings()
        settings.tickInterval = .milliseconds(20)
        settings.collectorInterval = .milliseconds(500)
        self.folder = folder
        self.events = events
        self.root = root == .checked ? ApplicationWorker.type : UncheckedRoot.type
        tree = SupervisionTree(
            root: Self.root(self.root, children),
            factory: Self.factory(ears, reactor, FilePath(folder.path), clock),
            store: RecordingStore(),
            settings: settings,
            clock: clock,
            observer: ears
        )
    }

    /// Gives the box other children, as an operator does.
    func update(_ children: ChildSpec...) async {
        await tree.update(root: Self.root(root, children))
    }

    /// Lets a child stop.
    func stop(_ name: String) async throws {
        try await tree.perform(.stop, on: HierarchyPath(root: "box").appending(name))
    }

    /// Lets a child run again.
    func start(_ name: String) async throws {
        try await tree.perform(.start, on: HierarchyPath(root: "box").appending(name))
    }

    /// Why a child is in its state, where there is something to say.
    func reason(of name: String) async -> String? {
        await tree.report()?.children.first { $0.path == HierarchyPath(root: "box").appending(name) }?.reason
    }

    /// Waits for an event; those before it are gone.
    ///
    /// - Parameter find: picks what is looked for, or returns nil.
    /// - Returns: what was found.
    /// - Throws: `CancellationError` where the test's time is over.
    @discardableResult
    func first<Found>(_ find: @Sendable (BoxEvent) -> Found?) async throws -> Found {
        for await event in events {
            if let found = find(event) { return found }
        }
        throw CancellationError()
    }

    private static func root(_ type: WorkerType, _ children: [ChildSpec]) -> ChildSpec {
        ChildSpec(name: "box", workerType: type, configuration: ApplicationConfiguration(children: children))
    }

    private static func ports() -> ClosedRange<Int> {
        nextPorts.withLock { next in
            defer { next += 10 }
            return next...next + 9
        }
    }

    private static func factory(
        _ ears: BoxEars,
        _ reactor: ProcessReactor,
        _ folder: FilePath,
        _ clock: MonotonicClock
    ) -> WorkerFactory {
        let now: @Sendable () -> Moment = { clock.now }
        let probers = ProberFactory(
            client: .shared, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, reactor: reactor)
        let programs = ProgramDependencies(reactor: reactor, probers: probers, listener: ears)
        let flows = FlowDependencies(
            programs: programs, client: .shared, ports: FlowPorts(range: ports()),
            directory: folder.appending("flows"), listener: ears, now: now)
        let brokers = BrokerDependencies(
            programs: programs, client: .shared, directory: folder.appending("brokers"), listener: ears, now: now)
        let connections = ConnectionWorker.Dependencies(probers: probers, listener: ears, now: now)
        var factory = WorkerFactory()
        factory.register(UncheckedRoot.self) { _, _ in UncheckedRoot() }
        factory.register(ApplicationWorker.self) { _, _ in ApplicationWorker() }
        factory.register(BenthosWorker.self) { context, _ in BenthosWorker(context: context, dependencies: flows) }
        factory.register(RedpandaWorker.self) { context, _ in RedpandaWorker(context: context, dependencies: brokers) }
        factory.register(ConnectionWorker.self) { context, _ in
            ConnectionWorker(context: context, dependencies: connections)
        }
        return factory
    }
}
