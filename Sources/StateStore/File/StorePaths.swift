import Glibc

/// The files of one store, and the few things that are done to them beside SQLite.
///
/// All methods block on the file system.
struct StorePaths: Equatable, Sendable {
    /// What SQLite keeps beside a database: log, index of the log, rollback journal.
    static let companions = ["-wal", "-shm", "-journal"]

    let directory: String
    let fileName: String

    /// The database file.
    var file: String { directory + "/" + fileName }
    /// Its write-ahead log.
    var log: String { file + "-wal" }

    /// Creates the directory with its parents (0700) and an empty database file (0600) where they are missing.
    ///
    /// - Throws: `unavailable`.
    func create() throws(StoreError) {
        try createDirectory()
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.system("open", file, errno: errno) }
        close(descriptor)
        try synchronizeDirectory()
    }

    /// Whether the file can be opened for writing, whatever its content says.
    var isWritable: Bool {
        let descriptor = open(file, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }

    /// Makes renames and new files in the directory survive a loss of power.
    func synchronizeDirectory() throws(StoreError) {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.system("open", directory, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError.system("fsync", directory, errno: errno) }
    }

    /// The size of a file in bytes; nil where there is none.
    static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// The names of all files in the directory.
    func names() throws(StoreError) -> [String] {
        guard let stream = opendir(directory) else { throw StoreError.system("list", directory, errno: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
                }
            )
        }
        return names
    }

    private func createDirectory() throws(StoreError) {
        var path = directory.hasPrefix("/") ? "" : "."
        for component in directory.split(separator: "/") {
            path += "/" + component
            if mkdir(path, 0o700) < 0, errno != EEXIST {
                // A parent on a read-only file system may be in place without being creatable.
                let reason = errno
                guard Self.size(of: path) != nil else { throw StoreError.system("create", path, errno: reason) }
            }
        }
    }
}
