internal import Glibc

/// Whole small files, those of /proc included.
enum TextFile {
    /// The content of a file; nil when it cannot be read, as with a process that just ended.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let length = Glibc.read(descriptor, &buffer, buffer.count)
            if length < 0 { return nil }
            if length == 0 { return String(decoding: content, as: UTF8.self) }
            content.append(contentsOf: buffer[..<length])
        }
    }

    /// Creates or replaces a file.
    static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchmarkError.system("cannot create \(path)") }
        defer { close(descriptor) }
        try write(Array(text.utf8)[...], to: descriptor, of: path)
    }

    /// Copies a file with its permission to be executed.
    static func copyProgram(_ source: String, to target: String) throws {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw BenchmarkError.system("cannot open \(source)") }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o700)
        guard output >= 0 else { throw BenchmarkError.system("cannot create \(target)") }
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let length = Glibc.read(input, &buffer, buffer.count)
            if length == 0 { return }
            guard length > 0 else { throw BenchmarkError.system("cannot read \(source)") }
            try write(buffer[..<length], to: output, of: target)
        }
    }

    /// The names in a directory; none when it cannot be read.
    static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// The target of a symbolic link; nil when there is none.
    static func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink(path, &buffer, buffer.count)
        return length > 0 ? String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, of path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let length = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard length > 0 else { throw BenchmarkError.system("cannot write \(path)") }
            rest = rest.dropFirst(length)
        }
    }
}
