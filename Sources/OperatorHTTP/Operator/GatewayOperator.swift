/// What an operator can ask of a running gateway and tell it to do.
///
/// The composition root implements it; the servers call it from their connections' tasks, several at a time.
public protocol GatewayOperator: Sendable {
    /// The state of the gateway and of its tree.
    ///
    /// - Returns: A snapshot.
    func status() async -> GatewayStatus

    /// Whether the gateway does its work.
    ///
    /// - Returns: A snapshot.
    func health() async -> HealthReport

    /// The latest lines that a child wrote, oldest first.
    ///
    /// - Parameters:
    ///   - child: Path of the child.
    ///   - lines: Most lines to return.
    /// - Returns: No more than `lines` lines.
    /// - Throws: ``OperatorError``, `unknownChild` when there is no such child.
    func logs(of child: String, lines: Int) async throws(OperatorError) -> [ChildLogLine]

    /// Stops a child and starts it anew.
    ///
    /// - Parameter child: Path of the child.
    /// - Throws: ``OperatorError`` when there is no such child or it cannot be restarted now.
    func restart(_ child: String) async throws(OperatorError)

    /// Closes the circuit of a supervisor and of all below it, and forgets the attempts: what fails is acted on at once.
    ///
    /// - Parameter child: Path of the supervisor; `nil` for the root, hence for all circuits.
    /// - Returns: Path of the supervisor.
    /// - Throws: ``OperatorError`` when there is no such child or it supervises nothing.
    func resetCircuit(_ child: String?) async throws(OperatorError) -> String

    /// Adds children beside those of the configuration; they stay until the gateway ends.
    ///
    /// - Parameter declaration: What to add, and where.
    /// - Returns: Paths of the new children.
    /// - Throws: ``OperatorError``, `invalid` with every problem of the declaration on a line of its own; nothing was
    ///   added then.
    func add(_ declaration: ChildDeclarationText) async throws(OperatorError) -> [String]

    /// Starts a child that an operator stopped.
    ///
    /// - Parameter child: Path of the child.
    /// - Throws: ``OperatorError`` when there is no such child or it cannot be started now.
    func start(_ child: String) async throws(OperatorError)

    /// Stops a child until an operator starts it.
    ///
    /// - Parameter child: Path of the child.
    /// - Throws: ``OperatorError`` when there is no such child or it cannot be stopped now.
    func stop(_ child: String) async throws(OperatorError)

    /// The configuration in effect, rendered for a person, secrets masked.
    ///
    /// - Returns: Text of several lines.
    func effectiveConfiguration() async -> String

    /// Loads the configuration again and applies what is different.
    ///
    /// - Parameter request: Whether and how long to wait for the children.
    /// - Returns: What was changed, and what came of it.
    /// - Throws: ``OperatorError``; nothing was changed then: `invalid` with every problem of the configuration on a line
    ///   of its own, `conflict` while another reload is under way.
    func reload(_ request: ReloadRequest) async throws(OperatorError) -> ReloadReport

    /// The level of the gateway's log.
    ///
    /// - Returns: A snapshot.
    func logLevel() async -> LogLevelReport

    /// Sets the level of the gateway's log.
    ///
    /// - Parameter request: Which level, and for how long.
    /// - Returns: What counts now.
    func setLogLevel(_ request: LogLevelRequest) async -> LogLevelReport
}
