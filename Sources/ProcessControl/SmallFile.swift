internal import SystemPackage

/// Reads the small files of /proc and of the run directory.
enum SmallFile {
    /// The most that is read; all of these files are much smaller.
    static let sizeLimit = 16 * 1024

    /// The content of a file, at most `sizeLimit` bytes of it.
    static func read(_ path: FilePath) throws(Errno) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try file.closeAfter { try read(file) }
        } catch let errno as Errno {
            throw errno
        } catch {
            throw .ioError
        }
    }

    private static func read(_ file: FileDescriptor) throws -> [UInt8] {
        var content: [UInt8] = []
        try withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            while content.count < sizeLimit {
                let count = try file.read(into: buffer)
                if count == 0 {
                    return
                }
                content.append(contentsOf: buffer[..<count])
            }
        }
        return content
    }
}
