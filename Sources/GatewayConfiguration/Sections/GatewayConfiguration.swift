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
    /// The templates that declared children may name.
    public let templates: TemplateLibrary
    /// What all children together may use.
    public let limits: BoxLimitsSection
    /// Everything that runs.
    public let children: ChildSections

    /// Reads values in which validation has found no problem.
    init(
        _ tree: ConfigurationObject,
        folder: ConfigurationFolder,
        variables: [String: VariableValue],
        templates: TemplateLibrary,
        children: ChildSectionReader
    ) {
        agent = AgentSection(tree[GatewaySchema.agent])
        supervisor = SupervisorSection(tree[GatewaySchema.supervisor])
        store = StoreSection(tree[GatewaySchema.store])
        actions = ActionsSection(tree[GatewaySchema.actions])
        web = WebSection(tree[GatewaySchema.web], folder: folder)
        logging = LoggingSection(tree[GatewaySchema.logging])
        self.variables = variables
        self.templates = templates
        limits = BoxLimitsSection(tree[GatewaySchema.limits])
        self.children = children.sections(below: agent)
    }
}

extension GatewayConfiguration {
    /// The broker, if the box has one.
    public var broker: BrokerSection? { children.broker }
    /// The programs to run, in the order of the files.
    public var processes: [ProcessSection] { children.processes }
    /// The flows, in the order of the files; those of protocol converters are with these.
    public var flows: [FlowSection] { children.flows }
    /// The protocol converters, in the order of the files.
    public var converters: [ProtocolConverterSection] { children.converters }
    /// The nodes that hold processes and flows of one group, in the order of their first appearance.
    public var groups: [ProcessGroup] { children.groups }
}
