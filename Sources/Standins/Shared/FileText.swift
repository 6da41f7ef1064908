import Glibc

/// Small files read and written whole, with errors in the words of Go.
public enum FileText {
    /// Reads a file; blocks.
    ///
    /// - Parameter path: the file
    /// - Returns: its bytes
    /// - Throws: for example `open /etc/x.yaml: no such file or directory`
    public static func read(_ path: String) throws(StandinError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StandinError("open \(path): \(GoText.errno(errno))") }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw StandinError("read \(path): \(GoText.errno(errno))") }
            if count == 0 { return content }
            content += chunk[..<count]
        }
    }

    /// Appends a line to a file and makes its folder; blocks.
    ///
    /// - Parameters:
    ///   - line: text without a line feed
    ///   - path: the file
    /// - Throws: for example `mkdir /proc/nope: no such file or directory`
    public static func append(line: String, to path: String) throws(StandinError) {
        try makeFolder(Self.folder(of: path))
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StandinError("open \(path): \(GoText.errno(errno))") }
        defer { close(descriptor) }
        let bytes = Array((line + "\n").utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw StandinError("write \(path): \(GoText.errno(errno))")
        }
    }

    /// Makes a folder and those above it; blocks.
    ///
    /// - Parameter path: the folder; nothing happens where it is empty or exists
    /// - Throws: for example `mkdir /proc/nope: no such file or directory`
    public static func makeFolder(_ path: String) throws(StandinError) {
        if path.isEmpty || access(path, F_OK) == 0 { return }
        try makeFolder(folder(of: path))
        if mkdir(path, 0o755) != 0, errno != EEXIST {
            throw StandinError("mkdir \(path): \(GoText.errno(errno))")
        }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
