import YAML

/// A file with declarations of children, read for a gateway that may run in another folder.
public struct ChildDeclarationFile: Sendable, Equatable {
    /// What stands in it.
    public let text: String
    /// The absolute path of its folder, which relative paths in it start from.
    public let folder: String

    /// Reads a file.
    ///
    /// Blocks for the time of reading.
    ///
    /// - Parameter file: The path of the file.
    /// - Throws: `ConfigurationProblems` that says why it cannot be read, or that it is not UTF-8.
    public init(_ file: String) throws(ConfigurationProblems) {
        let message: String
        do throws(ConfigurationFileReader.Failure) {
            let bytes = try ConfigurationFileReader.read(file)
            if let text = String(validating: bytes, as: UTF8.self) {
                self.text = text
                folder = ConfigurationFolder(of: file, currentDirectory: ConfigurationFolder.current()).absolute(".")
                return
            }
            message = "is not UTF-8; save it as UTF-8"
        } catch {
            message = error.message
        }
        let source = ConfigurationSource.file(file, line: 1, column: 1)
        throw ConfigurationProblems(ConfigurationProblem(source: source, path: "", message: message))
    }
}
