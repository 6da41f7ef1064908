internal import Glibc
public import SystemPackage

/// The output files of all children on one box, and the bound on what they take together.
///
/// When the bound is passed, files go until a sixteenth of it is free again, one by one: the oldest rotated file of the
/// child that takes most. Only where no child has a rotated file left, the current file of the largest goes. Children
/// that no longer exist keep their files until then. All methods block on the disk; one thread at a time may call them.
public struct OutputBox {
    private let root: FilePath
    private let limit: Int
    private var bytes = 0

    /// The files below a directory.
    ///
    /// Looks at what is there, keeps the bound, and removes empty directories.
    ///
    /// - Parameters:
    ///   - root: the directory, with one directory for each child; it need not exist.
    ///   - limit: the most bytes that all files may take.
    public init(root: FilePath, limit: Int) {
        self.root = root
        self.limit = limit
        enforce()
    }

    /// Appends lines to the files of one child, and keeps the bound.
    ///
    /// - Parameters:
    ///   - lines: whole lines, each with its line feed; with more bytes than the bound, only the bound is exceeded.
    ///   - file: where to; its directory is one below the root.
    /// - Throws: the system's reason, and how many of the lines are lost.
    public mutating func append(_ lines: [UInt8], to file: RotatingFile) throws(RotatingFileError) {
        // What is written counts even if a rotation frees some of it: a look at the disk corrects that.
        bytes += lines.count
        if bytes > limit { enforce(reserving: lines.count) }
        try file.append(lines)
    }

    /// Looks at the disk, and removes files until the rest and what is to come fit.
    private mutating func enforce(reserving reserved: Int = 0) {
        var folders = OutputFolder.all(in: root)
        bytes = folders.reduce(reserved) { $0 + $1.bytes }
        let target = bytes > limit ? limit - limit / 16 : limit
        while bytes > target, let file = Self.takeNext(&folders) {
            // Where even this is refused, the write that follows tells of the disk's trouble.
            unlink(file.path.string)
            bytes -= file.bytes
        }
        for folder in folders where folder.files.isEmpty { rmdir(folder.path.string) }
    }

    /// The file that goes next.
    static func takeNext(_ folders: inout [OutputFolder]) -> OutputFolder.File? {
        let hasRotated = folders.contains { $0.files.contains { $0.age > 0 } }
        let candidates = folders.indices.filter { folders[$0].files.contains { $0.age > 0 || !hasRotated } }
        guard let largest = candidates.max(by: { folders[$0].bytes < folders[$1].bytes }) else { return nil }
        return folders[largest].takeOldest()
    }
}
