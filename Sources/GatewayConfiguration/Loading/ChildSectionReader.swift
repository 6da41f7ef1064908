/// Turns validated children into what the gateway is made of.
struct ChildSectionReader {
    private let inventory: ChildInventory
    private let topology: ChildTopology
    private let folder: ConfigurationFolder

    /// Takes children in which validation has found no problem.
    init(_ inventory: ChildInventory, _ topology: ChildTopology, folder: ConfigurationFolder) {
        self.inventory = inventory
        self.topology = topology
        self.folder = folder
    }

    /// Reads all children of a box.
    func sections(below agent: AgentSection) -> ChildSections {
        ChildSections(
            broker: inventory.broker.flatMap { broker in
                BrokerSection(
                    broker.object,
                    place: place(broker, [agent.name, broker.object[BrokerSchema.name]]),
                    folder: folder
                )
            },
            processes: inventory.processes.compactMap { process in
                path(process, agent).flatMap {
                    ProcessSection(process.object, place: place(process, $0), folder: folder)
                }
            },
            flows: inventory.flows.compactMap { flow in
                path(flow, agent).flatMap { FlowSection(flow, place: place(flow, $0), folder: folder) }
            },
            converters: inventory.converters.compactMap { converter in
                path(converter.own, agent).flatMap { path in
                    ProtocolConverterSection(
                        converter,
                        place: place(converter.own, path),
                        location: agent.location,
                        siblings: { topology.siblings[$0] ?? [] },
                        folder: folder
                    )
                }
            },
            groups: topology.groups
        )
    }

    private func path(_ child: ChildSubject, _ agent: AgentSection) -> [String]? {
        let group = child.object[ProcessSchema.group].map { [$0] } ?? []
        return child.object[ProcessSchema.name].map { [agent.name] + group + [$0] }
    }

    private func place(_ child: ChildSubject, _ path: [String]) -> ChildPlace {
        ChildPlace(child.object, path: path, dependsOn: topology.siblings[child.key] ?? [])
    }
}
