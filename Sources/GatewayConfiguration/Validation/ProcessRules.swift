/// Rules that look at more than one value of a process, or at the machine.
struct ProcessRules {
    /// A validated process and where it stands.
    struct Subject {
        let object: ConfigurationObject
        let path: String
        let source: ConfigurationSource
        let isEnabled: Bool
    }

    private static let delays = DurationOrder(lower: RestartSchema.initialDelay, upper: RestartSchema.maximumDelay)

    private(set) var problems: ProblemList
    private let subjects: [Subject]

    init(_ subjects: [Subject], problems: ProblemList) {
        self.problems = problems
        self.subjects = subjects
    }

    /// Takes the elements of the section `processes`.
    init(_ tree: ConfigurationObject, problems: ProblemList) {
        let values = tree[GatewaySchema.processes.field.name]?.list ?? []
        let subjects = values.enumerated().compactMap { index, value in
            value.object.map { object in
                Subject(
                    object: object,
                    path: "processes[\(index)]",
                    source: value.source,
                    isEnabled: object[ProcessSchema.enabled]
                )
            }
        }
        self.init(subjects, problems: problems)
    }

    /// Resolves names and dependencies.
    func topology() -> ProcessTopology {
        ProcessTopology(subjects.map { ProcessDeclaration($0.object, path: $0.path) }, problems: problems)
    }

    /// Reports a longest delay below the first one.
    mutating func checkDelays() {
        for subject in subjects {
            Self.delays.check(
                subject.object[ProcessSchema.restart],
                path: "\(subject.path).restart",
                owner: subject.source,
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
        for subject in subjects where subject.isEnabled {
            let directory = folder.absolute(subject.object[ProcessSchema.workingDirectory])
            checkDirectory(directory, of: subject)
            guard let program = subject.object[ProcessSchema.command.field.name]?.list?.first,
                let name = String(program.content)
            else { continue }
            let path = subject.object[ProcessSchema.environment].variables["PATH"] ?? searchPath
            if let problem = lookUp(folder.program(name), directory, path) {
                // What the lookup says names the program.
                let message = program.isSecret ? "the program cannot be found or run; correct its variable" : problem
                problems.report(program.source, "\(subject.path).command[0]", message)
            }
        }
    }

    private mutating func checkDirectory(_ directory: String, of subject: Subject) {
        guard let problem = ConfigurationFileReader.directoryProblem(directory) else { return }
        let value = subject.object[ProcessSchema.workingDirectory.field.name]
        let source = value?.source ?? .standard
        let shown = value?.isSecret == true ? "the directory" : directory.quoted()
        problems.report(
            source == .standard ? subject.source : source,
            "\(subject.path).workingDirectory",
            "\(shown) cannot be used: \(problem); create it or name another"
        )
    }
}
