import JSONLogging
import ProcessControl
import Supervision
import SystemPackage

/// The output files of one child, the way there, and who is to know of lines that do not get there.
final class ChildOutputFile: Sendable {
    /// The child.
    let path: HierarchyPath
    /// Where its lines go.
    let rotating: RotatingFile
    /// Called with the number of lines that were lost, on the thread that writes.
    let lost: @Sendable (_ lines: Int) -> Void

    private let buffer: ChildOutputBuffer

    /// Files below a directory; nothing is touched before the first line.
    ///
    /// - Parameters:
    ///   - path: the child.
    ///   - root: where each child has a directory.
    ///   - limits: how large the files may grow.
    ///   - buffer: takes the lines.
    ///   - lost: called with the number of lines that were lost after they had been taken.
    init(
        of path: HierarchyPath,
        below root: FilePath,
        limits: ChildOutputLimits,
        buffer: ChildOutputBuffer,
        lost: @escaping @Sendable (_ lines: Int) -> Void
    ) {
        self.path = path
        self.buffer = buffer
        self.lost = lost
        rotating = RotatingFile(
            directory: root.appending(Self.name(of: path)),
            fileBytes: limits.fileBytes,
            fileCount: limits.fileCount
        )
    }

    /// Takes a line; never waits for the disk.
    ///
    /// - Parameters:
    ///   - line: the line.
    ///   - time: when it was read.
    /// - Returns: false when it was lost, because the disk is too slow for what is to be written.
    func write(_ line: OutputLine, at time: WallTime) -> Bool {
        buffer.offer(ChildOutputRecord.encode(line, at: time), for: self)
    }

    /// A file system takes names of 255 bytes.
    private static let nameLimit = 200

    /// The directory's name: the path with its slashes escaped.
    ///
    /// A very long one ends in a hash of the whole instead.
    static func name(of path: HierarchyPath) -> String {
        let name = EscapedName(path.description).text
        guard name.utf8.count > nameLimit else { return name }
        // FNV-1a with 64 bits (http://www.isthe.com/chongo/tech/comp/fnv), which stays the same from run to run.
        let hash = name.utf8.reduce(into: 0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return "\(name.prefix(nameLimit - 20))~\(String(hash, radix: 16))"
    }
}
