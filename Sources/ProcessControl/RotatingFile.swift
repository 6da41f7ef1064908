internal import Glibc
public import SystemPackage

/// The last lines of one child on disk: the file `current`, and older ones `1`, `2` and so on, the oldest last.
///
/// Holds no descriptor between calls, so a directory that was removed or a disk that was mounted anew is simply used. All
/// methods block on the disk; one thread at a time may call them.
public struct RotatingFile: Sendable {
    /// The name of the file that is written to.
    static let currentName = "current"

    /// Where the files are.
    public let directory: FilePath
    private let fileBytes: Int
    private let fileCount: Int
    private var current: FilePath { directory.appending(Self.currentName) }

    /// The files of one child; touches nothing.
    ///
    /// - Parameters:
    ///   - directory: where the files are; created with its parents when the first line comes.
    ///   - fileBytes: how large a file may grow; a longer line gets a file of its own.
    ///   - fileCount: how many files there may be, the current one included; at least 1.
    public init(directory: FilePath, fileBytes: Int, fileCount: Int) {
        precondition(fileBytes > 0 && fileCount > 0, "a rotating file needs room for a line")
        self.directory = directory
        self.fileBytes = fileBytes
        self.fileCount = fileCount
    }

    /// Appends lines, and begins new files where the current one is full.
    ///
    /// A file of an earlier run is continued. Of a piece that the disk does not take as a whole nothing stays, so that
    /// the files hold whole lines only.
    ///
    /// - Parameter lines: whole lines, each with its line feed.
    /// - Throws: the system's reason, and how many of the lines are lost.
    public func append(_ lines: [UInt8]) throws(RotatingFileError) {
        var rest = lines[...]
        do {
            while !rest.isEmpty {
                let file = try open()
                rest = try file.closeAfter { try append(rest, to: file) }
                if !rest.isEmpty { try rotate() }
            }
        } catch {
            throw RotatingFileError(
                path: current,
                errno: error as? Errno ?? .ioError,
                lostLines: rest.reduce(into: 0) { count, byte in if byte == Self.lineFeed { count += 1 } }
            )
        }
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let filePermissions: FilePermissions = [.ownerReadWrite, .groupRead]

    private func open() throws -> FileDescriptor {
        do {
            return try openCurrent()
        } catch Errno.noSuchFileOrDirectory {
            try makeDirectory()
            return try openCurrent()
        }
    }

    private func openCurrent() throws -> FileDescriptor {
        try FileDescriptor.open(
            current,
            .readWrite,
            options: [.create, .append, .closeOnExec, .noFollow],
            permissions: Self.filePermissions
        )
    }

    private func makeDirectory() throws(Errno) {
        do throws(ProcessControlError) {
            try RunDirectory.create(directory)
        } catch {
            throw error.errno ?? .ioError
        }
    }

    /// Appends as many lines as the file may hold; returns the others.
    private func append(_ lines: ArraySlice<UInt8>, to file: FileDescriptor) throws -> ArraySlice<UInt8> {
        let size = Int(try file.seek(offset: 0, from: .end))
        let end = end(of: lines, room: fileBytes - size, isEmpty: size == 0)
        if end == lines.startIndex { return lines }
        let text = try endsInsideLine(file, size: size) ? [Self.lineFeed] + lines[..<end] : lines[..<end]
        do {
            try file.writeAll(text)
        } catch {
            // Half a piece would end inside a line. If even this fails, the next piece begins on a new line.
            _ = ftruncate(file.rawValue, off_t(size))
            throw error
        }
        return lines[end...]
    }

    /// Where to end so that whole lines fit into the room; an empty file takes one line of any length.
    private func end(of lines: ArraySlice<UInt8>, room: Int, isEmpty: Bool) -> Int {
        if lines.count <= room { return lines.endIndex }
        if let last = lines.prefix(max(0, room)).lastIndex(of: Self.lineFeed) { return last + 1 }
        guard isEmpty else { return lines.startIndex }
        return lines.firstIndex(of: Self.lineFeed).map { $0 + 1 } ?? lines.endIndex
    }

    /// Whether a machine that lost its power, or a disk, has left half a line.
    private func endsInsideLine(_ file: FileDescriptor, size: Int) throws -> Bool {
        guard size > 0 else { return false }
        var last: UInt8 = 0
        let count = try withUnsafeMutableBytes(of: &last) {
            try file.read(fromAbsoluteOffset: Int64(size - 1), into: $0)
        }
        return count == 1 && last != Self.lineFeed
    }

    /// Makes each file one older, and lets go of those beyond the count.
    private func rotate() throws(Errno) {
        for file in OutputFolder(directory).files where file.age >= fileCount - 1 {
            if unlink(file.path.string) < 0, Errno.latest != .noSuchFileOrDirectory { throw .latest }
        }
        for age in stride(from: fileCount - 2, through: 0, by: -1) {
            let (name, older) = (OutputFolder.name(ofAge: age), OutputFolder.name(ofAge: age + 1))
            let (from, to) = (directory.appending(name), directory.appending(older))
            if rename(from.string, to.string) < 0, Errno.latest != .noSuchFileOrDirectory { throw .latest }
        }
    }
}
