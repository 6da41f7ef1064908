public import AsyncHTTPClient
public import Supervision
public import SystemPackage

/// What all flows' workers share.
public struct FlowDependencies: Sendable {
    /// What all workers share that run a program.
    public let programs: ProgramDependencies
    /// Asks the flows' HTTP servers.
    public let client: HTTPClient
    /// Gives the flows their ports.
    public let ports: FlowPorts
    /// The folder with the flows' configurations.
    public let directory: FilePath
    /// Is told what is seen of the flows.
    public let listener: any FlowListener
    /// Tells the time; callable from any thread.
    public let now: @Sendable () -> Moment

    /// Creates the dependencies.
    public init(
        programs: ProgramDependencies,
        client: HTTPClient,
        ports: FlowPorts,
        directory: FilePath,
        listener: any FlowListener,
        now: @escaping @Sendable () -> Moment
    ) {
        self.programs = programs
        self.client = client
        self.ports = ports
        self.directory = directory
        self.listener = listener
        self.now = now
    }
}
