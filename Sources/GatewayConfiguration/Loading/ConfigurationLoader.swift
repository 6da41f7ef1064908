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
    private let now: @Sendable () -> Duration

    /// Makes a loader that takes the time from the machine's clock.
    ///
    /// - Parameter lookUpProgram: Looks for a program without starting it.
    public init(lookUpProgram: @escaping ProgramLookup) {
        self.init(lookUpProgram: lookUpProgram, now: TimestampText.now)
    }

    /// Makes a loader.
    ///
    /// - Parameters:
    ///   - lookUpProgram: Looks for a program without starting it.
    ///   - now: The time since 1970-01-01T00:00:00Z, which expressions get as `internal.createdAt`. Called once per load
    ///     on the thread that loads. A reload that is to leave children alone passes the time of the first load.
    public init(lookUpProgram: @escaping ProgramLookup, now: @escaping @Sendable () -> Duration) {
        self.lookUpProgram = lookUpProgram
        self.now = now
    }

    /// Loads, renders templates, and validates.
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

        let folder = ConfigurationFolder(of: file, currentDirectory: ConfigurationFolder.current())
        var templates = GatewayTemplates(layers.root, folder: folder, createdAt: now(), problems: layers.problems)
        let rendered = templates.render()
        var validator = SchemaValidator(problems: templates.state.problems)
        let tree = validator.object(rendered, GatewaySchema.object, path: "") ?? ConfigurationObject()
        let inventory = ChildInventory(tree, templates.expansion, validator: validator)
        var rules = GatewayRules(tree, inventory)
        rules.check(folder: folder, searchPath: environment["PATH"], lookUp: lookUpProgram)
        // Names that a file declares which could not be read would all seem unknown.
        let topology = layers.isComplete ? rules.topology() : nil
        guard let topology, topology.problems.isEmpty else {
            throw (topology?.problems ?? rules.problems).sorted(files: layers.files + templates.files)
        }
        return LoadedConfiguration(
            configuration: GatewayConfiguration(
                tree,
                folder: folder,
                variables: templates.globals,
                templates: templates.library,
                children: ChildSectionReader(inventory, topology, folder: folder)
            ),
            tree: tree
        )
    }
}
