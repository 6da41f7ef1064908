/// All rules that look at more than one value, or at the machine.
struct GatewayRules {
    private(set) var problems: ProblemList
    private let tree: ConfigurationObject
    private let inventory: ChildInventory

    /// Takes what has been validated value by value.
    init(_ tree: ConfigurationObject, _ inventory: ChildInventory) {
        self.tree = tree
        self.inventory = inventory
        problems = inventory.validator.problems
    }

    /// Applies the rules, names and dependencies aside.
    ///
    /// - Parameters:
    ///   - folder: Where relative paths start from.
    ///   - searchPath: Where programs are looked for that are named without a folder.
    ///   - lookUp: Looks for a program.
    mutating func check(
        folder: ConfigurationFolder,
        searchPath: String?,
        lookUp: ConfigurationLoader.ProgramLookup
    ) {
        SupervisorRules.check(tree, problems: &problems)
        LocationRules.check(
            tree[GatewaySchema.agent][AgentSchema.location],
            path: "agent.location",
            problems: &problems
        )
        TemplateRules.check(tree, problems: &problems)
        for converter in inventory.converters { ConverterRules.check(converter, problems: &problems) }
        for flow in inventory.allFlows { FlowRules.check(flow, problems: &problems) }
        PortRules.check(tree, inventory, problems: &problems)
        var rules = ProgramRules(inventory.programs, problems: problems)
        rules.checkDelays()
        rules.checkProbes()
        rules.checkPrograms(folder: folder, searchPath: searchPath, lookUp: lookUp)
        problems = rules.problems
    }

    /// Resolves names and dependencies.
    func topology() -> ChildTopology {
        ChildTopology(inventory.declarations, problems: problems)
    }
}
