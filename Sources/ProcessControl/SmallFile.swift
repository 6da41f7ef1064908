internal import SystemPackage

/// Reads the small files of /proc and of the run directory.
enum SmallFile {
    /// The most that is read unless another limit is given; most of these files are much smaller.
    static let sizeLimit = 16 * 1024

    /// The content of a file, at most `limit` bytes of it.
    static func read(_ path: FilePath, limit: Int = sizeLimit) throws(Errno) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try file.closeAfter { try read(file, limit: limit) }
        } catch let errno as Errno {
            throw errno
        } catch {
            throw .ioError
        }
    }

    /// Writes to an existing file in one call, as the files of the kernel want it.
    static func write(_ text: String, to path: FilePath) throws(Errno) {
        do {
            let file = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        } catch let errno as Errno {
            throw errno
        } catch {
            throw .ioError
        }
    }

    private static func read(_ file: FileDescriptor, limit: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        try withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            while content.count < limit {
                let wanted = min(buffer.count, limit - content.count)
                let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
                if count == 0 {
                    return
                }
                content.append(contentsOf: buffer[..<count])
            }
        }
        return content
    }
}
