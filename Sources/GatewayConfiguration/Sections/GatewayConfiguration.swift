/// The effective configuration of a gateway: validated, defaults filled in.
public struct GatewayConfiguration: Sendable, Equatable {
    /// Who this box is.
    public let agent: AgentSection
    /// How the tree is supervised.
    public let supervisor: SupervisorSection
    /// What is remembered on disk.
    public let store: StoreSection
    /// The pool that runs actions.
    public let actions: ActionsSection
    /// Metrics and health over HTTP.
    public let web: WebSection
    /// The gateway's own log.
    public let logging: LoggingSection
    /// The variables that all children share, resolved.
    public let variables: [String: VariableValue]
    /// The programs to run, in the order of the files.
    public let processes: [ProcessSection]
    /// The nodes that hold processes of one group, in the order of their first appearance.
    public let groups: [ProcessGroup]

    /// Reads values in which validation has found no problem.
    init(
        _ tree: ConfigurationObject,
        variables: [String: VariableValue],
        topology: ProcessTopology,
        folder: ConfigurationFolder
    ) {
        agent = AgentSection(tree[GatewaySchema.agent])
        supervisor = SupervisorSection(tree[GatewaySchema.supervisor])
        store = StoreSection(tree[GatewaySchema.store])
        actions = ActionsSection(tree[GatewaySchema.actions])
        web = WebSection(tree[GatewaySchema.web])
        logging = LoggingSection(tree[GatewaySchema.logging])
        self.variables = variables
        groups = topology.groups
        let name = agent.name
        processes = zip(tree[GatewaySchema.processes], topology.siblings).compactMap { object, siblings in
            ProcessSection(object, agent: name, dependsOn: siblings, folder: folder)
        }
    }
}
