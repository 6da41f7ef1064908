import ProcessControl

/// Runs a command in the surroundings of the probed process: its environment, working directory and permissions.
///
/// The command is recorded, so that what a killed gateway leaves of it is ended by the next one. Of what it writes, the
/// last line is kept for the message.
struct ExecProber: Prober {
    private let probe: ExecProbe
    private let target: ProbeTarget
    private let reactor: ProcessReactor

    /// Makes a prober.
    ///
    /// - Parameters:
    ///   - probe: The command.
    ///   - target: The process that is asked about.
    ///   - reactor: Runs the command.
    init(_ probe: ExecProbe, target: ProbeTarget, reactor: ProcessReactor) {
        self.probe = probe
        self.target = target
        self.reactor = reactor
    }

    /// Runs the command to its end.
    ///
    /// After the timeout, and when the task is cancelled, the command's whole group is killed. Returns once nothing of it
    /// is left, a moment later; two runs of one probe thus never overlap. A command that no signal can end, because it waits
    /// for a device that does not answer, holds its probe up until it has ended.
    ///
    /// Looks the program up in the file system on the calling thread.
    ///
    /// - Parameter timeout: Time from the start of the command to its end.
    /// - Throws: ``ProbeFailure`` with ``ProbeFailure/Code/notStarted``, `commandFailed`, `timedOut` or `cancelled`.
    func probe(within timeout: Duration) async throws(ProbeFailure) {
        let deadline = ContinuousClock.now.advanced(by: timeout)
        let run = CommandRun()
        let child = try await start(run)
        let (exit, isLate) = await end(of: child, run, killedAt: deadline)
        if exit.status == .exited(code: 0) { return }
        if exit.stopRequested {
            throw isLate
                ? .timedOut(title, after: timeout)
                : ProbeFailure(code: .cancelled, message: "\(title): the probe was cancelled")
        }
        let words = run.lastWords.map { ": \($0.excerpt)" } ?? ""
        throw ProbeFailure(code: .commandFailed, message: "\(title): \(exit.status)\(words)")
    }

    /// The command in messages; its arguments may contain secrets.
    private var title: String { "exec \(probe.program)" }

    private func start(_ run: CommandRun) async throws(ProbeFailure) -> ChildProcess {
        do throws(ProcessControlError) {
            return try await reactor.spawn(
                try makeSpec(),
                recordedAs: "\(target.name)#probe",
                onOutput: { run.note($0) },
                onExit: { run.end($0) }
            )
        } catch {
            throw ProbeFailure(code: .notStarted, message: "\(title): \(error)")
        }
    }

    /// The command in the process's surroundings, looked up anew so that an updated program is picked up.
    func makeSpec() throws(ProcessControlError) -> ProcessSpec {
        let surroundings = target.spec
        let path = surroundings.environment["PATH"] ?? ProcessEnvironment.defaultPath
        let lookup = ExecutableLookup(searchPath: path, workingDirectory: surroundings.workingDirectory)
        var spec = surroundings
        spec.executable = try lookup.resolve(probe.program)
        spec.name = probe.program
        spec.arguments = probe.arguments
        // These are the process's own affair: a command ends with its gateway, and has nothing to notify.
        spec.onGatewayRestart = .stop
        spec.notifyDescriptor = nil
        return spec
    }

    /// Waits for the end, which it brings about at the deadline or the cancellation.
    private func end(
        of child: ChildProcess,
        _ run: CommandRun,
        killedAt deadline: ContinuousClock.Instant
    ) async -> (exit: ProcessExit, isLate: Bool) {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                var isLate = true
                do {
                    // The limit of a command that hangs; ended by cancellation as soon as it has ended.
                    try await Task.sleep(until: deadline, clock: .continuous)
                } catch {
                    isLate = false
                }
                // Does nothing to a command that has ended, which is the other reason to be cancelled.
                reactor.kill(child)
                return isLate
            }
            let exit = await run.exit()
            group.cancelAll()
            return (exit, await group.next() ?? false)
        }
    }
}
