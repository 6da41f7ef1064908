import FoundationEssentials
import Glibc
import Testing

/// A folder of its own for one test; gone with its owner.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() {
        var template = Array("/tmp/standins-XXXXXX".utf8CString)
        guard let name = mkdtemp(&template) else { fatalError("no temporary folder: errno \(errno)") }
        path = String(cString: name)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Issue.record("\(path) remains: \(error)")
        }
    }

    /// Writes a file.
    ///
    /// - Returns: its path
    @discardableResult
    package func write(_ name: String, _ text: String) -> String {
        let file = fopen(path + "/" + name, "w")
        fputs(text, file)
        fclose(file)
        return path + "/" + name
    }

    /// A file's text; empty where there is none.
    package func read(_ name: String) -> String {
        Self.text(path + "/" + name) ?? ""
    }

    /// The text of any file.
    package static func text(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
