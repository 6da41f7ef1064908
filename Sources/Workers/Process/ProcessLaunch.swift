import ProcessControl
import Supervision

/// Brings a process about: takes over the one that an earlier gateway has left if it is the same, and starts one otherwise.
struct ProcessLaunch: Sendable {
    /// A process that runs.
    struct Launched: Sendable {
        let child: ChildProcess
        /// Whether it ran before.
        let isAdopted: Bool
    }

    /// The worker's place, under which the process is recorded.
    let path: HierarchyPath
    let dependencies: ProgramDependencies
    /// What is to run.
    let spec: ProcessSpec
    /// How long a process that must not run beside it may take to end.
    let stopTimeout: Duration
    let onOutput: @Sendable (OutputLine) -> Void
    let onNotify: @Sendable () -> Void
    let onExit: @Sendable (ProcessExit) -> Void

    /// Returns once the process runs, and no other one of the same place does.
    ///
    /// - Throws: `ProcessControlError` when it cannot be started, `WorkerError` when another one does not end, or
    ///   `CancellationError`; the next launch goes on waiting then.
    func run() async throws -> Launched {
        let adoptables = dependencies.adoptables
        switch adoptables.claim(path, for: spec, otherwise: makePredecessor) {
        case .adopt(let left):
            if let child = try await adopt(left) { return Launched(child: child, isAdopted: true) }
        case .wait(let predecessor):
            try await wait(for: predecessor)
        case nil:
            break
        }
        let child = try await dependencies.reactor.spawn(
            spec,
            recordedAs: path.description,
            gate: dependencies.listener.outputGate(of: path),
            onOutput: onOutput,
            onNotify: onNotify,
            onExit: onExit
        )
        return Launched(child: child, isAdopted: false)
    }

    /// Takes a process over; nil if it turns out to have ended, or cannot be had.
    private func adopt(_ left: AdoptableChild) async throws -> ChildProcess? {
        do throws(ProcessControlError) {
            return try await dependencies.reactor.adopt(
                left,
                gate: dependencies.listener.outputGate(of: path),
                onOutput: onOutput,
                onNotify: onNotify,
                onExit: onExit
            )
        } catch {
            guard error.code == .adoptionRefused else {
                dependencies.adoptables.add([left])
                throw error
            }
            let predecessor = makePredecessor(left)
            dependencies.adoptables.keep(predecessor, at: path)
            try await wait(for: predecessor)
            return nil
        }
    }

    private func wait(for predecessor: Predecessor) async throws {
        do {
            try await predecessor.waitUntilEnded()
        } catch let error as CancellationError {
            throw error
        } catch {
            // Whatever was in the way, the next launch tries again.
            dependencies.adoptables.add([predecessor.child])
            throw error
        }
        dependencies.adoptables.forget(path)
    }

    private func makePredecessor(_ left: AdoptableChild) -> Predecessor {
        Predecessor(left) { try await end($0) }
    }

    /// Ends a process as its worker would: it is heard to the end, and has its time.
    private func end(_ left: AdoptableChild) async throws {
        let (reactor, listener) = (dependencies.reactor, dependencies.listener)
        let (ends, end) = AsyncStream.makeStream(of: ProcessExit.self, bufferingPolicy: .bufferingOldest(1))
        let child: ChildProcess
        do throws(ProcessControlError) {
            child = try await reactor.adopt(
                left,
                gate: listener.outputGate(of: path),
                onOutput: { [path] in listener.processWrote(path, $0) },
                onExit: { [path] exit in
                    listener.processEnded(path, exit)
                    end.yield(exit)
                    end.finish()
                }
            )
        } catch {
            guard error.code == .adoptionRefused else { throw error }
            return try await endUnheard(left)
        }
        listener.processSuperseded(path, child)
        reactor.terminate(child)
        let killing = Task {
            try await Task.sleep(for: stopTimeout)
            reactor.kill(child)
        }
        defer { killing.cancel() }
        for await _ in ends {}
    }

    /// Ends what is left of a process that cannot be taken over.
    private func endUnheard(_ left: AdoptableChild) async throws {
        guard let records = dependencies.reactor.records else { return }
        for cleaned in try await StrayCleaner(directory: records).end([left], grace: stopTimeout) {
            if case .survived(let pids) = cleaned.outcome {
                throw WorkerError("processes \(pids) of an earlier gateway do not end; restart the machine")
            }
        }
    }
}
