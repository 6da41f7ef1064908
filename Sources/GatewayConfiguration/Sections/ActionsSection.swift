/// The pool that runs actions.
public struct ActionsSection: Sendable, Equatable {
    /// Actions that run at a time.
    public let workers: Int
    /// Actions that may wait.
    public let queueLimit: Int
    /// Longest run of an action.
    public let timeout: Duration
    /// Time that a cancelled action gets to end before it is abandoned.
    public let grace: Duration

    init(_ object: ConfigurationObject) {
        workers = object[ActionsSchema.workers]
        queueLimit = object[ActionsSchema.queueLimit]
        timeout = object[ActionsSchema.timeout]
        grace = object[ActionsSchema.grace]
    }
}
