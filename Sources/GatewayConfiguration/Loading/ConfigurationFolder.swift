import Glibc

/// The folder of the main configuration file, which relative paths start from.
struct ConfigurationFolder {
    private let path: String

    /// Takes the folder of a file.
    ///
    /// - Parameters:
    ///   - file: The path of the main configuration file.
    ///   - currentDirectory: Where a relative `file` starts from.
    init(of file: String, currentDirectory: String) {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
        path = Self.join(currentDirectory, folder)
    }

    /// Takes a folder.
    ///
    /// - Parameters:
    ///   - folder: The path of the folder.
    ///   - currentDirectory: Where a relative `folder` starts from.
    init(_ folder: String, currentDirectory: String) {
        path = Self.join(currentDirectory, folder)
    }

    /// Makes a path absolute, without `.` and doubled slashes.
    func absolute(_ relative: String) -> String {
        Self.join(path, relative)
    }

    /// Makes a program with a slash in its name absolute; a bare name is left for the search path.
    func program(_ name: String) -> String {
        name.contains("/") ? absolute(name) : name
    }

    /// Joins without resolving `..`, which only the file system can do where links are involved.
    private static func join(_ base: String, _ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : "\(base)/\(path)"
        return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// The process's current directory; the root where it has been deleted.
    static func current() -> String {
        guard let buffer = getcwd(nil, 0) else { return "/" }
        defer { free(buffer) }
        return String(cString: buffer)
    }
}
