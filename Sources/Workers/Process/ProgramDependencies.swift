public import Probes
public import ProcessControl

/// What all workers share that run a program.
public struct ProgramDependencies: Sendable {
    /// Starts and watches the processes.
    public let reactor: ProcessReactor
    /// Makes the probers.
    public let probers: ProberFactory
    /// Is told what happens to the processes.
    public let listener: any ProcessListener
    /// What an earlier gateway has left to be taken over.
    public let adoptables: Adoptables
    /// Lets only so many heavy programs start at a time.
    public let heavyStarts: StartGate

    /// Creates the dependencies.
    public init(
        reactor: ProcessReactor,
        probers: ProberFactory,
        listener: any ProcessListener,
        adoptables: Adoptables = Adoptables(),
        heavyStarts: StartGate = StartGate(limit: 1)
    ) {
        self.reactor = reactor
        self.probers = probers
        self.listener = listener
        self.adoptables = adoptables
        self.heavyStarts = heavyStarts
    }
}
