import Dispatch
import FoundationEssentials
import Glibc
import SystemPackage
import Testing

/// A folder of its own for one test, removed with everything in it.
final class Folder: Sendable {
    let path: FilePath

    init() throws {
        path = FilePath("/tmp/gatewarden-probes-\(UUID().uuidString.prefix(13))")
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: false)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path.string)
        } catch {
            Issue.record("\(path) remains: \(error)")
        }
    }

    /// Names in the folder, or in one below it.
    func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path.appending(name).string)
    }

    /// Writes a program.
    func write(_ name: String, _ script: String) throws {
        let file = path.appending(name).string
        try Data(script.utf8).write(to: URL(filePath: file))
        #expect(chmod(file, 0o755) == 0)
    }

    /// Makes a pipe with a name.
    func makePipe(_ name: String) {
        #expect(mkfifo(path.appending(name).string, 0o600) == 0)
    }

    /// Waits for whoever writes to a pipe next, and reads what it says.
    func readPipe(_ name: String) async -> String {
        let file = path.appending(name).string
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var buffer = [UInt8](repeating: 0, count: 4096)
                let descriptor = open(file, O_RDONLY | O_CLOEXEC)
                let count = read(descriptor, &buffer, buffer.count)
                close(descriptor)
                continuation.resume(returning: String(decoding: buffer.prefix(max(0, count)), as: UTF8.self))
            }
        }
    }
}
