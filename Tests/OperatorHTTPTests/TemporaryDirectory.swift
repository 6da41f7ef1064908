import FoundationEssentials
import Testing

/// A directory of its own for one test, removed with everything in it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = "/tmp/gatewarden-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Issue.record("\(path) remains: \(error)")
        }
    }

    /// The permissions of a name in the directory; `nil` when it does not exist.
    func permissions(of name: String) throws -> UInt? {
        guard FileManager.default.fileExists(atPath: "\(path)/\(name)") else { return nil }
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return try #require(attributes[.posixPermissions] as? UInt)
    }

    /// Writes a regular file.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }

    /// Renames what is in the directory.
    func rename(_ name: String, to newName: String) throws {
        try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(newName)")
    }

    /// Makes a directory in the directory.
    func makeDirectory(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: false)
    }
}
