internal import Glibc
internal import SystemPackage

/// The output files of one child, as they lie on disk.
struct OutputFolder {
    /// One file.
    struct File: Equatable {
        let path: FilePath
        /// How many files are newer; the current one has age zero.
        let age: Int
        let bytes: Int
    }

    let path: FilePath
    /// The files, the oldest first; what has other names is nobody's business.
    private(set) var files: [File] = []

    /// What the files take.
    var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

    /// Looks into a directory; what cannot be read is empty.
    init(_ path: FilePath) {
        self.path = path
        files = Self.names(in: path).compactMap { Self.file(named: $0, in: path) }.sorted { $0.age > $1.age }
    }

    /// Forgets the oldest file and returns it.
    mutating func takeOldest() -> File? {
        files.isEmpty ? nil : files.removeFirst()
    }

    /// The name of a file.
    static func name(ofAge age: Int) -> String {
        age == 0 ? RotatingFile.currentName : "\(age)"
    }

    /// The folders of all children below a directory.
    static func all(in root: FilePath) -> [OutputFolder] {
        names(in: root).map { OutputFolder(root.appending($0)) }
    }

    private static func file(named name: String, in directory: FilePath) -> File? {
        guard let age = name == RotatingFile.currentName ? 0 : Int(name), Self.name(ofAge: age) == name else {
            return nil
        }
        let path = directory.appending(name)
        var status = stat()
        guard lstat(path.string, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return File(path: path, age: age, bytes: Int(status.st_size))
    }

    private static func names(in directory: FilePath) -> [String] {
        guard let stream = opendir(directory.string) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
