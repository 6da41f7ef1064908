/// Rules that look at more than one value of the section `supervisor`.
enum SupervisorRules {
    private static let staleness = DurationOrder(
        lower: SupervisorSchema.staleAfter,
        upper: SupervisorSchema.collectorRestartAfter
    )
    private static let delays = DurationOrder(lower: CircuitSchema.initialDelay, upper: CircuitSchema.maximumDelay)

    /// Reports times that contradict each other.
    static func check(_ tree: ConfigurationObject, problems: inout ProblemList) {
        let name = GatewaySchema.supervisor.field.name
        let section = tree[GatewaySchema.supervisor]
        let place = tree[name]?.source ?? .standard
        staleness.check(section, path: name, owner: place, problems: &problems)
        let circuit = SupervisorSchema.circuit.field.name
        delays.check(section[SupervisorSchema.circuit], path: "\(name).\(circuit)", owner: place, problems: &problems)
    }
}
