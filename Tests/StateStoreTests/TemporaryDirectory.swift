import Glibc

/// A directory that goes with its owner.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/gatewarden-store-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemFailure(errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        Self.remove(path)
    }

    /// The names in it.
    var names: [String] { Self.names(in: path) }

    /// Reads a file whole.
    func read(_ name: String) throws -> [UInt8] {
        let descriptor = open(path + "/" + name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure(errno) }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return content }
            content += buffer[..<count]
        }
    }

    /// Writes a file whole.
    func write(_ content: [UInt8], to name: String) throws {
        let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFailure(errno) }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, content, content.count) == content.count else { throw SystemFailure(errno) }
    }

    /// Removes all files.
    func empty() {
        for name in names { unlink(path + "/" + name) }
    }

    static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func remove(_ directory: String) {
        for name in names(in: directory) where unlink(directory + "/" + name) < 0 {
            remove(directory + "/" + name)
        }
        rmdir(directory)
    }
}

/// A system call of a test that failed.
struct SystemFailure: Error, CustomStringConvertible {
    let description: String

    init(_ errno: Int32) {
        description = String(cString: strerror(errno))
    }
}
