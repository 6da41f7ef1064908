import Glibc
import SystemPackage

/// A directory that goes with its owner.
final class TemporaryDirectory: Sendable {
    let path: FilePath

    init() throws {
        var template = Array("/tmp/gatewarden-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Errno(rawValue: errno)
        }
        path = FilePath(platformString: template)
    }

    deinit {
        Self.remove(path)
    }

    /// Writes a file.
    func write(_ name: String, _ content: String, mode: FilePermissions = .ownerReadWriteExecute) throws -> FilePath {
        let file = path.appending(name)
        let descriptor = try FileDescriptor.open(
            file,
            .writeOnly,
            options: [.create, .truncate, .closeOnExec],
            permissions: mode
        )
        try descriptor.closeAfter { _ = try descriptor.writeAll(content.utf8) }
        return file
    }

    /// The number that a file holds.
    func number(in name: String) throws -> Int32 {
        let descriptor = try FileDescriptor.open(path.appending(name), .readOnly, options: .closeOnExec)
        return try descriptor.closeAfter {
            var content = [UInt8](repeating: 0, count: 32)
            let count = try content.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            let digits = content[..<count].prefix { $0 != UInt8(ascii: "\n") }
            guard let number = Int32(String(decoding: digits, as: UTF8.self)) else {
                throw Errno.invalidArgument
            }
            return number
        }
    }

    /// Makes a directory.
    func makeDirectory(_ name: String) throws -> FilePath {
        let directory = path.appending(name)
        if mkdir(directory.string, 0o755) < 0 {
            throw Errno(rawValue: errno)
        }
        return directory
    }

    /// The names in it.
    static func entries(of directory: FilePath) -> [String] {
        guard let stream = opendir(directory.string) else {
            return []
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." {
                names.append(name)
            }
        }
        return names.sorted()
    }

    /// The content of a file.
    static func content(of file: FilePath) throws -> [UInt8] {
        let descriptor = try FileDescriptor.open(file, .readOnly, options: .closeOnExec)
        return try descriptor.closeAfter {
            let size = Int(try descriptor.seek(offset: 0, from: .end))
            return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                count = try descriptor.read(fromAbsoluteOffset: 0, into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
    }

    /// The size of a file; zero of a missing one.
    static func size(of file: FilePath) -> Int {
        var status = stat()
        return stat(file.string, &status) == 0 ? Int(status.st_size) : 0
    }

    private static func remove(_ directory: FilePath) {
        for name in entries(of: directory) {
            let entry = directory.appending(name)
            if unlink(entry.string) < 0 {
                remove(entry)
            }
        }
        rmdir(directory.string)
    }
}
