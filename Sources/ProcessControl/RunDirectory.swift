internal import Glibc
package import SystemPackage

/// A directory that the gateway needs for files of its own.
package enum RunDirectory {
    /// Creates a directory with its parents where missing.
    package static func create(_ path: FilePath) throws(ProcessControlError) {
        var ancestors = [path]
        var parent = path.removingLastComponent()
        while !parent.isEmpty, !parent.components.isEmpty {
            ancestors.append(parent)
            parent = parent.removingLastComponent()
        }
        for directory in ancestors.reversed() {
            if mkdir(directory.string, 0o750) < 0, Errno.latest != .fileExists {
                throw unusable(directory, .latest)
            }
        }
    }

    /// The error of a directory that cannot be used.
    static func unusable(_ path: FilePath, _ errno: Errno) -> ProcessControlError {
        ProcessControlError(
            .runDirectoryUnusable,
            "cannot use \(path)",
            remedy: "give this user write permission, or choose another run directory",
            errno: errno
        )
    }
}
