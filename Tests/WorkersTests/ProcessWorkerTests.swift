import AsyncHTTPClient
import NIOPosix
import Probes
import ProcessControl
import SupervisionTesting
import Testing
import Workers

@testable import Supervision

@Suite("ProcessWorker", .timeLimit(.minutes(1)))
struct ProcessWorkerTests {
    private let notes = ProcessNotes()
    private let signal = ObservationSignal()
    private let looks = AsyncStream.makeStream(of: Void.self)
    private let context = ActionContext(path: HierarchyPath(root: "x"), attempt: 1, deadline: .start)

    private func makeWorker() throws -> ProcessWorker {
        let identity = WorkerIdentity(
            id: SupervisorID(number: 1), type: ProcessWorker.type, path: HierarchyPath(root: "x"))
        signal.connect { [looks] in looks.continuation.yield() }
        let reactor = try ProcessReactor()
        return ProcessWorker(
            context: WorkerContext(
                identity: identity,
                dependencies: Dependencies(),
                store: RecordingStore(),
                signal: signal
            ),
            dependencies: ProgramDependencies(
                reactor: reactor,
                probers: ProberFactory(
                    client: HTTPClient.shared,
                    eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
                    reactor: reactor
                ),
                listener: notes
            )
        )
    }

    private func configuration(_ script: String, probes: ProcessProbes = ProcessProbes()) -> ProcessConfiguration {
        ProcessConfiguration(
            command: ProcessCommand(
                program: "sh",
                arguments: ["-c", script],
                environment: ProcessEnvironment(declared: [:])
            ),
            probes: probes
        )
    }

    /// Observes again and again, whenever the worker asks for it, until something is seen.
    private func observe(
        _ worker: ProcessWorker,
        until isIt: (ProcessObservation) -> Bool
    ) async throws -> ProcessObservation {
        var observed = try await worker.collectObservedState()
        for await _ in looks.stream {
            observed = try await worker.collectObservedState()
            if isIt(observed) { break }
        }
        return observed
    }

    @Test("a process that was started is seen running, and a second start changes nothing")
    func start() async throws {
        let worker = try makeWorker()
        let desired = configuration("exec sleep 1000")
        try await worker.perform(.start, desired: desired, context: context)
        let first = try await worker.collectObservedState()
        try await worker.perform(.start, desired: desired, context: context)
        #expect(first.isRunning)
        #expect(try await worker.collectObservedState() == first)
        try await worker.perform(.terminate, desired: desired, context: context)
        let last = try await observe(worker) { !$0.isRunning }
        #expect(last.ending?.status == .signaled(.terminate, coreDumped: false))
    }

    @Test("the end of a process is seen without asking for it, with its exit code")
    func end() async throws {
        let worker = try makeWorker()
        try await worker.perform(.start, desired: configuration("echo last words; exit 7"), context: context)
        let observed = try await observe(worker) { $0.ending != nil }
        #expect(observed.ending?.status == .exited(code: 7))
        await notes.wait { $0 == .ended(.exited(code: 7)) }
    }

    @Test("a program that does not exist is an error that says where it was looked for")
    func missing() async throws {
        let worker = try makeWorker()
        let command = ProcessCommand(program: "no-such-program", environment: ProcessEnvironment(declared: [:]))
        let error = await #expect(throws: ProcessControlError.self) {
            try await worker.perform(.start, desired: ProcessConfiguration(command: command), context: context)
        }
        #expect(error?.code == .executableNotFound)
        #expect(try await !worker.collectObservedState().isRunning)
    }

    @Test("readiness is probed once the startup probe has passed, both end with the process")
    func probes() async throws {
        let worker = try makeWorker()
        let alive = ProbeConfiguration(kind: .alive, period: .milliseconds(10))
        let desired = configuration("exec sleep 1000", probes: ProcessProbes(startup: alive, readiness: alive))
        try await worker.perform(.start, desired: desired, context: context)
        let ready = try await observe(worker) { $0.readiness == .passing }
        #expect(ready.startup == .passing)
        #expect(ready.liveness == .notConfigured)
        try await worker.perform(.kill, desired: desired, context: context)
        let last = try await observe(worker) { !$0.isRunning }
        #expect(last.ending?.status == .signaled(.kill, coreDumped: false))
    }
    @Test("a log probe knows what the process wrote before it was asked")
    func logProbe() async throws {
        let worker = try makeWorker()
        let log = ProbeConfiguration(kind: .log(LogProbe(contains: "listening on")), period: .milliseconds(10))
        let desired = configuration("echo listening on 1; exec sleep 1000", probes: ProcessProbes(startup: log))
        try await worker.perform(.start, desired: desired, context: context)
        let started = try await observe(worker) { $0.startup == .passing }
        #expect(started.isRunning)
        try await worker.perform(.kill, desired: desired, context: context)
        _ = try await observe(worker) { !$0.isRunning }
    }

    @Test("a notify probe passes once the process has written a line end to its descriptor")
    func notifyProbe() async throws {
        let worker = try makeWorker()
        let notify = ProbeConfiguration(kind: .notify(descriptor: 4), period: .milliseconds(10))
        let desired = configuration("echo ready >&4; exec sleep 1000", probes: ProcessProbes(startup: notify))
        try await worker.perform(.start, desired: desired, context: context)
        let started = try await observe(worker) { $0.startup == .passing }
        #expect(started.isRunning)
        try await worker.perform(.kill, desired: desired, context: context)
        _ = try await observe(worker) { !$0.isRunning }
    }

    @Test("a command that probes sees the environment of the process")
    func execProbe() async throws {
        let worker = try makeWorker()
        let exec = ExecProbe(program: "sh", arguments: ["-c", "test \"$MARK\" = here"])
        let desired = ProcessConfiguration(
            command: ProcessCommand(
                program: "sleep",
                arguments: ["1000"],
                environment: ProcessEnvironment(declared: ["MARK": "here"])
            ),
            probes: ProcessProbes(readiness: ProbeConfiguration(kind: .exec(exec), timeout: .seconds(30)))
        )
        try await worker.perform(.start, desired: desired, context: context)
        let ready = try await observe(worker) { $0.readiness != .pending(lastFailure: nil) }
        #expect(ready.readiness == .passing)
        try await worker.perform(.kill, desired: desired, context: context)
        _ = try await observe(worker) { !$0.isRunning }
    }

    @Test("a worker that is let go takes its process and its probes with it")
    func letGo() async throws {
        do {
            let worker = try makeWorker()
            let alive = ProbeConfiguration(kind: .alive, period: .milliseconds(10))
            let desired = configuration("exec sleep 1000", probes: ProcessProbes(readiness: alive))
            try await worker.perform(.start, desired: desired, context: context)
        }
        await notes.wait { $0 == .ended(.signaled(.kill, coreDumped: false)) }
    }
}
