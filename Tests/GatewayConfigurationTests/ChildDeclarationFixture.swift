import GatewayConfiguration

/// Loads declarations for the place `gateway/line-3` of a small plant.
enum ChildDeclarationFixture {
    static let context = ChildDeclarationContext(
        parentPath: ["gateway", "line-3"],
        siblings: ["broker"],
        variables: [
            "apiURL": VariableValue(.string("https://api")), "apiToken": VariableValue(.string("hush")),
            "modbus": VariableValue(.number("502")),
        ],
        location: LocationSection(enterprise: "acme", site: "north"),
        folder: "/",
        searchPath: "/bin",
        now: ConfigurationFixture.now
    )

    static func loader(
        lookUp: @escaping ConfigurationLoader.ProgramLookup = { _, _, _ in nil }
    ) -> ChildDeclarationLoader {
        ChildDeclarationLoader(
            workerTypes: [
                "process", "application", "calculator", "redpanda", "benthos", "connection", "protocolConverter",
            ], lookUpProgram: lookUp)
    }

    static func load(_ text: String) throws(ConfigurationProblems) -> [DeclaredChild] {
        try loader().load(text: text, named: "child.yaml", in: context)
    }

    /// Loads a text and gives its problems, one per line; empty where there are none.
    static func problems(_ text: String) -> [String] {
        do {
            _ = try load(text)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
