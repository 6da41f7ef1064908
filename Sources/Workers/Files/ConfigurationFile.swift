import Glibc
import ProcessControl
import SystemPackage

/// A file that the gateway writes for a program to read.
///
/// All methods block for the time of the disk; callable from any thread, for one file from one at a time.
struct ConfigurationFile: Sendable, Equatable {
    /// What is larger than this is no configuration that the gateway has written.
    static let sizeLimit = 8 * 1024 * 1024

    let path: FilePath

    /// The content, or nil where there is no such file.
    ///
    /// - Throws: ``WorkerError`` when it cannot be read or is too large.
    func read() throws(WorkerError) -> String? {
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            let bytes = try file.closeAfter { try Self.readAll(file) }
            guard bytes.count <= Self.sizeLimit else {
                throw WorkerError("\(path) is larger than \(Self.sizeLimit) bytes; remove it")
            }
            return String(decoding: bytes, as: UTF8.self)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch {
            throw WorkerError("cannot read \(path): \(error)")
        }
    }

    /// Replaces the content at once and for good, where it differs; whoever reads sees the old content or the new.
    ///
    /// - Parameter text: the new content.
    /// - Throws: ``WorkerError`` when the directory cannot be made or the file cannot be written.
    func write(_ text: String) throws(WorkerError) {
        // What cannot be read is written anew.
        if let old = try? read(), old == text { return }
        do {
            try RunDirectory.create(path.removingLastComponent())
            let temporary = FilePath(path.string + ".new")
            let file = try FileDescriptor.open(
                temporary,
                .writeOnly,
                options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead]
            )
            try file.closeAfter {
                try file.writeAll(text.utf8)
                guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
            guard rename(temporary.string, path.string) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw WorkerError("cannot write \(path): \(error); check the room and the permissions of its directory")
        }
    }

    /// Takes the file away, where there is one.
    ///
    /// - Throws: ``WorkerError`` when it cannot be removed.
    func remove() throws(WorkerError) {
        guard unlink(path.string) == 0 || errno == ENOENT else {
            throw WorkerError("cannot remove \(path): \(Errno(rawValue: errno))")
        }
    }

    private static func readAll(_ file: FileDescriptor) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
            while bytes.count <= sizeLimit {
                let count = try file.read(into: buffer)
                if count == 0 { return }
                bytes.append(contentsOf: buffer[..<count])
            }
        }
        return bytes
    }
}
