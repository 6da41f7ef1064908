import YAML

/// Loads children that are declared in YAML: one mapping, or a list of them for siblings.
///
/// ```yaml
/// name: dfc_read
/// workerType: process
/// userSpec:
///   variables: {IP: 10.0.0.1, PORT: 502}
///   config:
///     command: [benthos, run, "{{ internal.name }}.yaml"]
///     environment: {TARGET: "{{ IP }}:{{ PORT }}"}
/// stateMapping: {stopping: stopped}
/// dependsOn: [connection]
/// ```
///
/// Only `userSpec` may contain expressions; a child sees its own variables, the shared ones, and what the gateway says
/// of it, but not the variables of the application that it is in.
public struct ChildDeclarationLoader: Sendable {
    private let schema: ChildDeclarationSchema
    private let lookUpProgram: ConfigurationLoader.ProgramLookup

    /// Makes a loader.
    ///
    /// - Parameters:
    ///   - workerTypes: The known worker types; `process`, `redpanda`, `benthos`, `connection`, `protocolConverter` and
    ///     `application` have a schema of their own here.
    ///   - lookUpProgram: Looks for a program without starting it.
    public init(workerTypes: [String], lookUpProgram: @escaping ConfigurationLoader.ProgramLookup) {
        schema = ChildDeclarationSchema(workerTypes: workerTypes)
        self.lookUpProgram = lookUpProgram
    }

    /// Loads declarations from a text.
    ///
    /// Blocks for the time of looking for programs.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - name: What problems call the text where they would name a file.
    ///   - context: The place in the tree that the children are for.
    /// - Returns: The children in the order of the text.
    /// - Throws: `ConfigurationProblems` with everything that is wrong.
    public func load(
        text: String,
        named name: String,
        in context: ChildDeclarationContext
    ) throws(ConfigurationProblems) -> [DeclaredChild] {
        try load(bytes: Array(text.utf8), named: name, in: context)
    }

    private func load(
        bytes: [UInt8],
        named name: String,
        in context: ChildDeclarationContext
    ) throws(ConfigurationProblems) -> [DeclaredChild] {
        let document: YAMLNode?
        do throws(YAMLError) {
            document = try YAMLParser.parse(
                bytes: bytes,
                limits: YAMLLimits(maximumBytes: ConfigurationFileReader.maximumBytes)
            )
        } catch {
            throw Self.problem(name, error.mark, error.message)
        }
        guard let document, document.scalar == nil else {
            let mark = document?.mark ?? YAMLMark(line: 1, column: 1)
            throw Self.problem(name, mark, "expected the declaration of a child, or a list of them")
        }
        var problems = ProblemList()
        let node = RawNode(document, file: name, path: "", problems: &problems)
        var reader = ChildDeclarationReader(
            schema: schema,
            context: context,
            lookUpProgram: lookUpProgram,
            problems: problems
        )
        let children = reader.read(node)
        guard reader.problems.isEmpty else { throw reader.problems.sorted(files: [name] + reader.files) }
        return children
    }

    private static func problem(_ name: String, _ mark: YAMLMark, _ message: String) -> ConfigurationProblems {
        let source = ConfigurationSource.file(name, line: mark.line, column: mark.column)
        return ConfigurationProblems(ConfigurationProblem(source: source, path: "", message: message))
    }
}
