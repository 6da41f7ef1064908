/// Rules that look at more than one value of a process, or at the machine.
struct ProcessRules {
    private static let delays = DurationOrder(lower: RestartSchema.initialDelay, upper: RestartSchema.maximumDelay)

    private(set) var problems: ProblemList
    private let processes: [(path: String, value: ConfigurationValue, object: ConfigurationObject)]

    init(_ tree: ConfigurationObject, problems: ProblemList) {
        self.problems = problems
        let values = tree[GatewaySchema.processes.field.name]?.list ?? []
        processes = values.enumerated().compactMap { index, value in
            value.object.map { ("processes[\(index)]", value, $0) }
        }
    }

    /// Resolves names and dependencies.
    func topology() -> ProcessTopology {
        ProcessTopology(processes.map { ProcessDeclaration($0.object, path: $0.path) }, problems: problems)
    }

    /// Reports a longest delay below the first one.
    mutating func checkDelays() {
        for process in processes {
            Self.delays.check(
                process.object[ProcessSchema.restart],
                path: "\(process.path).restart",
                owner: process.value.source,
                problems: &problems
            )
        }
    }

    /// Reports working directories and programs that are not there; those of disabled processes may come later.
    mutating func checkPrograms(
        folder: ConfigurationFolder,
        searchPath: String?,
        lookUp: ConfigurationLoader.ProgramLookup
    ) {
        for process in processes where process.object[ProcessSchema.enabled] {
            let directory = folder.absolute(process.object[ProcessSchema.workingDirectory])
            if let problem = ConfigurationFileReader.directoryProblem(directory) {
                let source = process.object[ProcessSchema.workingDirectory.field.name]?.source ?? .standard
                problems.report(
                    source == .standard ? process.value.source : source,
                    "\(process.path).workingDirectory",
                    "\(directory.quoted()) cannot be used: \(problem); create it or name another"
                )
            }
            guard let program = process.object[ProcessSchema.command.field.name]?.list?.first,
                let name = String(program.content)
            else { continue }
            let path = process.object[ProcessSchema.environment].variables["PATH"] ?? searchPath
            if let problem = lookUp(folder.program(name), directory, path) {
                problems.report(program.source, "\(process.path).command[0]", problem)
            }
        }
    }
}
