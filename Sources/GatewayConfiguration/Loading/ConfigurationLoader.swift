/// Loads the effective configuration: files, environment over them, flags over both.
public struct ConfigurationLoader: Sendable {
    /// Looks for a program without starting it.
    ///
    /// Takes the program (an absolute path or a bare name), its working directory, and the search path it will have: nil
    /// where neither the process nor the environment sets `PATH`. Returns what is wrong, or nil. Called on the thread
    /// that loads.
    public typealias ProgramLookup =
        @Sendable (_ program: String, _ workingDirectory: String, _ searchPath: String?) -> String?

    /// The main file where none is named.
    public static let standardFile = "/etc/gatewarden/gateway.yaml"

    private let lookUpProgram: ProgramLookup

    /// Makes a loader.
    ///
    /// - Parameter lookUpProgram: Looks for a program without starting it.
    public init(lookUpProgram: @escaping ProgramLookup) {
        self.lookUpProgram = lookUpProgram
    }

    /// Loads and validates.
    ///
    /// Reads the main file and, in byte order of their names, the files `conf.d/*.yaml` beside it. Blocks for the time of
    /// reading.
    ///
    /// - Parameters:
    ///   - file: The main file.
    ///   - environment: The process's environment; variables without the prefix `GATEWARDEN_` are ignored, `PATH` aside.
    ///   - flags: What the command line sets.
    /// - Returns: The configuration and where each value comes from.
    /// - Throws: `ConfigurationProblems` with everything that is wrong.
    public func load(
        file: String,
        environment: [String: String],
        flags: [ConfigurationOverride] = []
    ) throws(ConfigurationProblems) -> LoadedConfiguration {
        var layers = FileLayers(main: file)
        let overrides = OverrideLayer(schema: GatewaySchema.object)
        overrides.apply(environment, to: &layers.root, problems: &layers.problems)
        overrides.apply(flags, to: &layers.root, problems: &layers.problems)

        var validator = SchemaValidator(problems: layers.problems)
        let tree = validator.object(layers.root, GatewaySchema.object, path: "") ?? ConfigurationObject()
        var problems = validator.problems
        SupervisorRules.check(tree, problems: &problems)
        var rules = ProcessRules(tree, problems: problems)
        let folder = ConfigurationFolder(of: file, currentDirectory: ConfigurationFolder.current())
        rules.checkDelays()
        rules.checkPrograms(folder: folder, searchPath: environment["PATH"], lookUp: lookUpProgram)
        // Names that a file declares which could not be read would all seem unknown.
        let topology = layers.isComplete ? rules.topology() : nil
        problems = topology?.problems ?? rules.problems
        guard problems.isEmpty, let topology else { throw problems.sorted(files: layers.files) }
        return LoadedConfiguration(
            configuration: GatewayConfiguration(tree, topology: topology, folder: folder),
            tree: tree
        )
    }
}
