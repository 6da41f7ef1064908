import YAML

/// The main file and its `conf.d` files, merged, with what is wrong with them.
struct FileLayers {
    /// The merged content.
    var root = RawNode.absent
    var problems = ProblemList()
    /// The files in the order in which they were read.
    private(set) var files: [String] = []
    /// False where the content of some file is missing from `root`.
    private(set) var isComplete = true

    init(main: String) {
        add(main)
        let parent = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
        let folder = "\(parent)conf.d"
        do throws(ConfigurationFileReader.Failure) {
            for name in try ConfigurationFileReader.list(folder) { add("\(folder)/\(name)") }
        } catch {
            fail(folder, error.message)
        }
    }

    private mutating func add(_ file: String) {
        files.append(file)
        do throws(ConfigurationFileReader.Failure) {
            try merge(ConfigurationFileReader.read(file), of: file)
        } catch {
            fail(file, error.message)
        }
    }

    private mutating func merge(_ bytes: [UInt8], of file: String) {
        let limits = YAMLLimits(maximumBytes: ConfigurationFileReader.maximumBytes, maximumNodes: 500_000)
        do throws(YAMLError) {
            guard let node = try YAMLParser.parse(bytes: bytes, limits: limits), node.scalar?.isNull != true else {
                let state = bytes.isEmpty ? "the file is empty" : "the file holds no settings"
                fail(file, "\(state); write at least one section, or {} to take every default")
                return
            }
            guard node.mapping != nil else {
                let place = ConfigurationSource.file(file, line: node.mark.line, column: node.mark.column)
                problems.report(place, "", "the file must be a mapping of sections, such as \"processes:\"")
                isComplete = false
                return
            }
            root = root.merged(with: RawNode(node, file: file, path: "", problems: &problems))
        } catch {
            isComplete = false
            let place = ConfigurationSource.file(file, line: error.mark.line, column: error.mark.column)
            problems.report(place, "", error.message)
        }
    }

    private mutating func fail(_ file: String, _ message: String) {
        isComplete = false
        problems.report(.file(file, line: 1, column: 1), "", message)
    }
}
