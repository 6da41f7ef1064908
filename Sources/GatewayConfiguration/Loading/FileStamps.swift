internal import Glibc

/// What files looked like at one moment, to find out whether they have been changed since.
public struct FileStamps: Sendable, Equatable {
    /// What tells whether a file is still the same: whose it is, and when it was changed; links are followed.
    private struct Stamp: Sendable, Equatable {
        let device: UInt
        let inode: UInt
        let size: Int
        let modified: [Int]
        let changed: [Int]

        init?(path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
            size = Int(status.st_size)
            modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
            changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        }
    }

    /// By path; nil for a file that is not there, or cannot be looked at.
    private var stamps: [String: Stamp?] = [:]

    /// Looks at no file.
    init() {}

    /// Looks at a file; to be called before it is read, so that a change meanwhile shows.
    ///
    /// Blocks for one system call.
    mutating func look(at path: String) {
        stamps.updateValue(Stamp(path: path), forKey: path)
    }

    /// Whether all files are as they were; blocks for one system call for each.
    public var areCurrent: Bool {
        stamps.allSatisfy { Stamp(path: $0.key) == $0.value }
    }
}
