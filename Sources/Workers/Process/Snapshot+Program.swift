import Supervision

/// What a worker that runs a program wants: among other things, a process.
protocol ProgramDesired: Sendable {
    /// What the program is as a process.
    var process: ProcessConfiguration { get }
}

/// What is seen of a worker that runs a program: among other things, a process.
protocol ProgramObserved: Sendable {
    /// What is seen of the process.
    var process: ProcessObservation { get }
}

extension Snapshot where Desired: ProgramDesired, Observed: ProgramObserved {
    /// The same moment as the process's own state machine sees it.
    var ofProcess: Snapshot<ProcessConfiguration, ProcessObservation> {
        Snapshot<ProcessConfiguration, ProcessObservation>(
            identity: identity,
            desired: desired.process,
            target: target,
            observed: observed?.process,
            now: now,
            lastAction: lastAction.flatMap { ProcessAction(rawValue: $0.name) == nil ? nil : $0 },
            children: children,
            entropy: entropy
        )
    }
}
