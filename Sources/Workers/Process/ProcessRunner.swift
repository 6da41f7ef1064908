import Probes
import ProcessControl
import Supervision
import Synchronization

/// One program as a subprocess, from start to start: what every worker that runs a program is made of.
///
/// Starts, signals and probes the process, and knows at any time what was last seen of it. All methods may be called from
/// any task or thread; only ``start(_:document:probes:replacingWithin:output:)`` suspends.
final class ProcessRunner: Sendable {
    /// One process from its start to its end.
    private struct Life {
        /// Counts the starts: what belongs to an earlier process is recognised and dropped.
        var run = 0
        var child: ChildProcess?
        var observation = ProcessObservation()
        var probing: Task<Void, Never>?
        /// The ticket of a heavy start that is under way.
        var ticket: Int?
    }

    private let path: HierarchyPath
    private let dependencies: ProgramDependencies
    private let changed: @Sendable () -> Void
    private let life = Mutex(Life())

    /// Creates a runner; nothing is started.
    ///
    /// - Parameters:
    ///   - path: the worker's place in the tree, under which the process is recorded.
    ///   - dependencies: what all runners share.
    ///   - changed: called after every change of ``observation``, on any thread; must not block.
    init(path: HierarchyPath, dependencies: ProgramDependencies, changed: @escaping @Sendable () -> Void) {
        self.path = path
        self.dependencies = dependencies
        self.changed = changed
    }

    /// Ends the probing, which holds on to the reactor; without the reactor the process ends too.
    deinit {
        life.withLock { $0.probing?.cancel() }
        leaveGate()
    }

    /// What is known of the process; all of it was reported as it happened.
    var observation: ProcessObservation { life.withLock { $0.observation } }

    /// The process, while it runs.
    var child: ChildProcess? { life.withLock { $0.child } }

    /// Starts the program, unless it runs already, and probes it until it ends.
    ///
    /// Where an earlier gateway has left just the same process, it is taken over instead; where it has left another one
    /// in this place, that one is ended before.
    ///
    /// - Parameters:
    ///   - command: what to run; the program is looked up anew each time, so that an updated one is picked up.
    ///   - document: what the program reads from the file that was written for it, if there is one.
    ///   - probes: what tells that the process has come up, is ready, and is alive.
    ///   - stopTimeout: how long a process of an earlier gateway may take to end.
    ///   - output: called for each line that the process writes, on the thread that watches all processes.
    /// - Throws: `ProcessControlError` when the program is not found or cannot be started; `WorkerError` when a process of
    ///   an earlier gateway does not end; `CancellationError`.
    func start(
        _ command: ProcessCommand,
        document: String? = nil,
        probes: ProcessProbes,
        replacingWithin stopTimeout: Duration,
        output: (@Sendable (OutputLine) -> Void)? = nil
    ) async throws {
        guard !observation.isRunning else { return }
        let lastProbing = life.withLock { $0.probing.take() }
        lastProbing?.cancel()
        await lastProbing?.value

        var spec = try command.resolve()
        spec.document = document
        spec.notifyDescriptor = probes.notifyDescriptor
        let listener = dependencies.listener
        let unapplied = dependencies.reactor.unappliedLimits(of: spec)
        if !unapplied.isEmpty { listener.limitsNotApplied(path, unapplied) }
        let run = beginLife(probes)
        let target = ProbeTarget(
            name: path.description,
            spec: spec,
            probes: probes.all,
            isAlive: { [weak self] in self?.isRunning(run) ?? false }
        )
        let launch = makeLaunch(of: spec, target, run, stopTimeout: stopTimeout, output: output)
        let launched = try await self.launch(launch, isHeavy: command.isHeavy)
        if launched.isAdopted {
            target.noteAdoption()
            listener.processAdopted(path, launched.child)
        } else {
            listener.processStarted(path, launched.child)
        }
        began(run, launched.child, probes, target)
    }

    private func makeLaunch(
        of spec: ProcessSpec,
        _ target: ProbeTarget,
        _ run: Int,
        stopTimeout: Duration,
        output: (@Sendable (OutputLine) -> Void)?
    ) -> ProcessLaunch {
        let (path, listener) = (path, dependencies.listener)
        return ProcessLaunch(
            path: path,
            dependencies: dependencies,
            spec: spec,
            stopTimeout: stopTimeout,
            onOutput: { line in
                target.noteOutput(line)
                output?(line)
                listener.processWrote(path, line)
            },
            onNotify: { target.noteNotification() },
            onExit: { [weak self] exit in
                listener.processEnded(path, exit)
                self?.ended(run, exit)
            }
        )
    }

    /// Launches, a heavy program in its turn; its start is over when it has come up or ended.
    private func launch(_ launch: ProcessLaunch, isHeavy: Bool) async throws -> ProcessLaunch.Launched {
        if isHeavy {
            let ticket = try await dependencies.heavyStarts.enter()
            life.withLock { $0.ticket = ticket }
        }
        do {
            return try await launch.run()
        } catch {
            leaveGate()
            throw error
        }
    }

    private func leaveGate() {
        if let ticket = life.withLock({ $0.ticket.take() }) { dependencies.heavyStarts.leave(ticket) }
    }

    /// Asks the process group to end; nothing happens where it is gone.
    func terminate() {
        if let child { dependencies.reactor.terminate(child) }
    }

    /// Kills the process group; nothing happens where it is gone.
    func kill() {
        if let child { dependencies.reactor.kill(child) }
    }

    private func beginLife(_ probes: ProcessProbes) -> Int {
        life.withLock { life in
            life.run += 1
            life.child = nil
            life.observation = ProcessObservation(
                startup: probes.startup == nil ? .notConfigured : .pending(lastFailure: nil),
                readiness: probes.readiness == nil ? .notConfigured : .pending(lastFailure: nil),
                liveness: probes.liveness == nil ? .notConfigured : .pending(lastFailure: nil)
            )
            return life.run
        }
    }

    /// Notes that the process runs, unless the news of its end was faster.
    private func began(_ run: Int, _ child: ChildProcess, _ probes: ProcessProbes, _ target: ProbeTarget) {
        life.withLock { life in
            guard life.run == run, life.observation.ending == nil else { return }
            life.child = child
            life.observation.phase = .running(pid: child.pid)
            guard probes != ProcessProbes() else { return }
            let session = ProbeSession(
                probes: probes,
                probers: dependencies.probers,
                target: target,
                report: { [weak self] in self?.judged(run, $0, $1) }
            )
            life.probing = Task { await session.run() }
        }
        if probes.startup == nil { leaveGate() }
    }

    private func isRunning(_ run: Int) -> Bool {
        life.withLock { $0.run == run && $0.observation.isRunning }
    }

    private func judged(_ run: Int, _ probe: ProbeSession.Probe, _ verdict: ProbeVerdict) {
        life.withLock { life in
            guard life.run == run else { return }
            switch probe {
            case .startup: life.observation.startup = verdict
            case .readiness: life.observation.readiness = verdict
            case .liveness: life.observation.liveness = verdict
            }
        }
        if case .startup = probe, verdict == .passing { leaveGate() }
        changed()
    }

    private func ended(_ run: Int, _ exit: ProcessExit) {
        life.withLock { life in
            guard life.run == run else { return }
            life.child = nil
            life.observation.phase = .ended(ProcessEnding(status: exit.status, runTime: exit.runTime))
            // The next start awaits its end.
            life.probing?.cancel()
        }
        leaveGate()
        changed()
    }
}
