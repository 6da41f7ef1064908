import FoundationEssentials
import Glibc
import SystemPackage
import Testing

/// A directory that goes with its owner.
final class TestDirectory: Sendable {
    let path: FilePath

    init() throws {
        var template = Array("/tmp/gatewarden-e2e-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
        path = FilePath(platformString: template)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path.string)
        } catch {
            Issue.record("\(path) remains: \(error)")
        }
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ content: String) throws -> FilePath {
        try write(name, Array(content.utf8))
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ content: [UInt8]) throws -> FilePath {
        let file = path.appending(name)
        let descriptor = try FileDescriptor.open(
            file,
            .writeOnly,
            options: [.create, .truncate, .closeOnExec],
            permissions: .ownerReadWriteExecute
        )
        try descriptor.closeAfter { _ = try descriptor.writeAll(content) }
        return file
    }

    /// Writes a file that nobody ever finds half-written.
    func replace(_ name: String, _ content: String) throws {
        let new = try write(name + ".new", content)
        guard rename(new.string, path.appending(name).string) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Creates a folder.
    static func create(_ folder: FilePath) throws {
        guard mkdir(folder.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
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
}
