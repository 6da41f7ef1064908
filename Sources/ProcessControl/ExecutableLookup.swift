internal import Glibc
public import SystemPackage

/// Finds the file behind a command name as execvp(3) does, before anything is started.
public struct ExecutableLookup: Equatable, Sendable {
    /// The directories to search, separated by colons; an empty entry is the working directory.
    public let searchPath: String
    /// Where relative paths start; nil means the gateway's own directory.
    public let workingDirectory: FilePath?

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - searchPath: the child's `PATH`.
    ///   - workingDirectory: the child's working directory; nil means the gateway's own.
    public init(searchPath: String, workingDirectory: FilePath? = nil) {
        self.searchPath = searchPath
        self.workingDirectory = workingDirectory
    }

    /// Finds the file of a command.
    ///
    /// Reads the file system on the calling thread.
    ///
    /// - Parameter command: a name to search for or, with a slash in it, a path.
    /// - Returns: the path to execute.
    /// - Throws: `executableNotFound` (names every place that was looked at), `executableNotRunnable` or
    ///   `executableIsDirectory`.
    public func resolve(_ command: String) throws(ProcessControlError) -> FilePath {
        if command.isEmpty {
            throw notFound(command, candidates: [])
        }
        let candidates = candidates(for: command)
        var firstUnusable: ProcessControlError?
        for candidate in candidates {
            switch Self.inspect(candidate) {
            case .runnable:
                return candidate
            case .missing:
                continue
            case .directory:
                firstUnusable = firstUnusable ?? isDirectory(candidate)
            case .notRunnable(let errno):
                firstUnusable = firstUnusable ?? notRunnable(candidate, errno)
            }
        }
        throw firstUnusable ?? notFound(command, candidates: candidates)
    }

    private enum Finding {
        case runnable
        case missing
        case directory
        case notRunnable(Errno)
    }

    private static func inspect(_ path: FilePath) -> Finding {
        var status = stat()
        guard stat(path.string, &status) == 0 else {
            return Errno.latest == .permissionDenied ? .notRunnable(.permissionDenied) : .missing
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            return .directory
        }
        guard faccessat(AT_FDCWD, path.string, X_OK, AT_EACCESS) == 0 else {
            return .notRunnable(.latest)
        }
        return .runnable
    }

    private func candidates(for command: String) -> [FilePath] {
        if command.contains("/") {
            return [inWorkingDirectory(FilePath(command))]
        }
        return searchPath.split(separator: ":", omittingEmptySubsequences: false).map { directory in
            inWorkingDirectory(FilePath(directory.isEmpty ? "." : String(directory)).appending(command))
        }
    }

    private func inWorkingDirectory(_ path: FilePath) -> FilePath {
        guard let workingDirectory, path.isRelative else {
            return path
        }
        return workingDirectory.pushing(path).lexicallyNormalized()
    }

    private func notFound(_ command: String, candidates: [FilePath]) -> ProcessControlError {
        let places = candidates.map(\.string).joined(separator: ", ")
        let looked = places.isEmpty ? "" : ", looked at \(places)"
        return ProcessControlError(
            .executableNotFound,
            "command \(command.debugDescription) not found\(looked)",
            remedy: "install it, or give its path"
        )
    }

    private func isDirectory(_ path: FilePath) -> ProcessControlError {
        ProcessControlError(
            .executableIsDirectory,
            "\(path) is a directory",
            remedy: "give the path of the program in it"
        )
    }

    private func notRunnable(_ path: FilePath, _ errno: Errno) -> ProcessControlError {
        ProcessControlError(
            .executableNotRunnable,
            "\(path) may not be executed",
            remedy: "set its run bit (chmod +x) and check the permissions of its directories",
            errno: errno
        )
    }
}
