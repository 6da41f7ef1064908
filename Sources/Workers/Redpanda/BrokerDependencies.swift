public import AsyncHTTPClient
public import Supervision
public import SystemPackage

/// What all brokers' workers share.
public struct BrokerDependencies: Sendable {
    /// What all workers share that run a program.
    public let programs: ProgramDependencies
    /// Asks the brokers' admin API.
    public let client: HTTPClient
    /// The folder with the brokers' configurations.
    public let directory: FilePath
    /// Is told what is seen of the brokers.
    public let listener: any BrokerListener
    /// Tells the time; callable from any thread.
    public let now: @Sendable () -> Moment

    /// Creates the dependencies.
    public init(
        programs: ProgramDependencies,
        client: HTTPClient,
        directory: FilePath,
        listener: any BrokerListener,
        now: @escaping @Sendable () -> Moment
    ) {
        self.programs = programs
        self.client = client
        self.directory = directory
        self.listener = listener
        self.now = now
    }
}

/// A consumer of what is seen of brokers: their metrics.
///
/// Called synchronously from any task: an implementation must return at once and must not block.
public protocol BrokerListener: Sendable {
    /// A broker has answered, or has not.
    func brokerObserved(_ path: HierarchyPath, _ observation: RedpandaObservation)
}
