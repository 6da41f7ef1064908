public import Supervision

/// The root of the tree and its inner nodes.
public struct ApplicationWorker: InnerWorker {
    /// Its children are all that it is told of.
    public typealias Configuration = ApplicationConfiguration
    /// What its children are up to, in a word.
    public typealias State = ApplicationState

    /// The name of this kind of worker.
    public static let type: WorkerType = "application"
    /// The state in which a new child begins.
    public static let initialState = ApplicationState.stopped

    /// Creates an application worker.
    public init() {}
}
