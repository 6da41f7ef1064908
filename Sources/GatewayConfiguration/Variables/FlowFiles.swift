import YAML

/// Reads files with configurations of flows, each once.
struct FlowFiles {
    /// How many bytes all files together may have: as much as eight of the largest.
    private static let maximumBytes = 32 << 20

    /// The files in the order in which they were read.
    private(set) var paths: [String] = []
    private let folder: ConfigurationFolder
    /// The content of each file; nil where something is wrong with it, which has been reported.
    private var contents: [String: RawNode?] = [:]
    private var bytes = 0

    /// Makes a reader that has read nothing.
    ///
    /// - Parameter folder: Where relative paths start from.
    init(folder: ConfigurationFolder) {
        self.folder = folder
    }

    /// Reads a file, unless that has been done.
    ///
    /// Blocks for the time of reading.
    ///
    /// - Parameters:
    ///   - name: The path of the file.
    ///   - setting: What names it.
    ///   - path: Where that stands.
    ///   - problems: Where to report.
    /// - Returns: The content, expressions still in place; nil where something is wrong with it.
    mutating func read(
        _ name: String,
        named setting: RawNode,
        path: String,
        problems: inout ProblemList
    ) -> RawNode? {
        let file = folder.absolute(name)
        if let known = contents[file] { return known }
        paths.append(file)
        var content: RawNode?
        do throws(ConfigurationFileReader.Failure) {
            content = try parse(file, problems: &problems)
        } catch {
            let shown = setting.origin?.isSecret == true ? "the file" : file.quoted()
            problems.report(setting.source, path, "\(shown) \(error.message)")
        }
        contents[file] = .some(content)
        return content
    }

    private mutating func parse(
        _ file: String,
        problems: inout ProblemList
    ) throws(ConfigurationFileReader.Failure) -> RawNode? {
        let text = try ConfigurationFileReader.read(file)
        bytes += text.count
        guard bytes <= Self.maximumBytes else {
            let message = "is one too many: all files together have more than \(Self.maximumBytes) bytes"
            throw ConfigurationFileReader.Failure(message: message)
        }
        do throws(YAMLError) {
            let limits = YAMLLimits(maximumBytes: ConfigurationFileReader.maximumBytes)
            guard let root = try YAMLParser.parse(bytes: text, limits: limits) else {
                return RawNode(content: .mapping([]), source: .file(file, line: 1, column: 1))
            }
            return RawNode(root, file: file, path: "", problems: &problems)
        } catch {
            problems.report(.file(file, line: error.mark.line, column: error.mark.column), "", error.message)
            return nil
        }
    }
}
