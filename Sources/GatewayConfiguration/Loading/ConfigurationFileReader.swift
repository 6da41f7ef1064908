import Glibc

/// Reads configuration files with bounds.
enum ConfigurationFileReader {
    /// A configuration for 10,000 processes has some 2 MiB.
    static let maximumBytes = 4 << 20
    /// How many files a `conf.d` folder may add.
    static let maximumFiles = 1000

    /// Why a file cannot be read.
    struct Failure: Error {
        let message: String
    }

    /// Reads a regular file.
    ///
    /// Blocks for the time of reading. A file over the limit is refused by its size, before reading.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - expected: What it should be, for messages.
    /// - Returns: All bytes of the file.
    /// - Throws: ``Failure`` with what is wrong, to be read after the name of the file.
    static func read(_ path: String, expected: String = "a YAML file") throws(Failure) -> [UInt8] {
        // Without O_NONBLOCK, opening a named pipe would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(message: "cannot be opened: \(meaning(errno))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(message: "cannot be read: \(meaning(errno))") }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw Failure(message: "is a directory; name \(expected)")
        default: throw Failure(message: "is not a regular file; name \(expected)")
        }
        guard status.st_size <= maximumBytes else { throw tooLarge(Int(status.st_size)) }
        return try readAll(descriptor)
    }

    /// Lists the files `*.yaml` of a folder in byte order of their names.
    ///
    /// - Returns: Their names; none where the folder does not exist.
    static func list(_ folder: String) throws(Failure) -> [String] {
        guard let directory = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw Failure(message: "cannot be listed: \(meaning(errno))")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasSuffix(".yaml"), !name.hasPrefix(".") else { continue }
            names.append(name)
            guard names.count <= maximumFiles else {
                throw Failure(message: "holds more than \(maximumFiles) YAML files; merge some")
            }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Tells whether a path leads to a directory that can be entered.
    ///
    /// - Returns: What is wrong, or nil.
    static func directoryProblem(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return meaning(errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { return "it is not a directory" }
        return access(path, X_OK) == 0 ? nil : meaning(errno)
    }

    private static func readAll(_ descriptor: Int32) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw Failure(message: "cannot be read: \(meaning(errno))")
            }
            bytes += buffer[..<count]
            // The file may grow meanwhile, and some file systems know no sizes.
            guard bytes.count <= maximumBytes else { throw tooLarge(bytes.count) }
        }
    }

    private static func tooLarge(_ count: Int) -> Failure {
        Failure(message: "the file has \(count) bytes or more; at most \(maximumBytes) are accepted")
    }

    private static func meaning(_ code: Int32) -> String {
        switch code {
        case ENOENT: "it does not exist"
        case EACCES: "permission denied"
        case ENOTDIR: "a part of the path is not a directory"
        default: String(cString: strerror(code))
        }
    }
}
