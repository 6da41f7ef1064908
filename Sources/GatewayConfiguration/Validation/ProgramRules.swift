/// Rules that look at more than one value of a program, or at the machine.
struct ProgramRules {
    private static let delays = DurationOrder(lower: RestartSchema.initialDelay, upper: RestartSchema.maximumDelay)

    var problems: ProblemList
    let subjects: [ChildSubject]

    /// Takes everything that runs a program.
    init(_ subjects: [ChildSubject], problems: ProblemList) {
        self.problems = problems
        self.subjects = subjects
    }

    /// Reports a longest delay below the first one.
    mutating func checkDelays() {
        for subject in subjects {
            Self.delays.check(
                subject.object[ExecutionSchema.process.restart],
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
            let path = subject.object[ProcessSchema.environment].variables["PATH"] ?? searchPath
            for command in [subject.object.program(at: subject.path)] + subject.probes.map(\.program) {
                guard let command, let problem = lookUp(folder.program(command.name), directory, path) else { continue }
                // What the lookup says names the program.
                let message =
                    command.value.isSecret ? "the program cannot be found or run; correct its variable" : problem
                problems.report(subject.source(of: command.value), command.path, message)
            }
        }
    }

    private mutating func checkDirectory(_ directory: String, of subject: ChildSubject) {
        guard let problem = ConfigurationFileReader.directoryProblem(directory) else { return }
        let value = subject.object[ProcessSchema.workingDirectory.field.name]
        let shown = value?.isSecret == true ? "the directory" : directory.quoted()
        problems.report(
            subject.source(of: value),
            "\(subject.path).workingDirectory",
            "\(shown) cannot be used: \(problem); create it or name another"
        )
    }
}
