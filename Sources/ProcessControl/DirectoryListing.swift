internal import Glibc
internal import SystemPackage

/// The entries of a directory.
enum DirectoryListing {
    /// The names without `.` and `..`, in the order of the file system.
    static func names(in directory: FilePath) throws(Errno) -> [String] {
        try names(in: directory) { _ in true }
    }

    /// The names of the directories in it, on file systems that tell the types of their entries, as the kernel's own do.
    static func subdirectories(of directory: FilePath) throws(Errno) -> [String] {
        try names(in: directory) { Int32($0.d_type) == Int32(DT_DIR) }
    }

    private static func names(in directory: FilePath, where condition: (dirent) -> Bool) throws(Errno) -> [String] {
        guard let stream = opendir(directory.string) else {
            throw .latest
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != "..", condition(entry.pointee) {
                names.append(name)
            }
        }
        return names
    }
}
