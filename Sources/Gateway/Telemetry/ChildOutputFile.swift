import ProcessControl
import Supervision
import SystemPackage

/// The output files of one child, and who is to know of lines that do not get there.
final class ChildOutputFile: Sendable {
    /// The child.
    let path: HierarchyPath
    /// Where its lines go.
    let rotating: RotatingFile
    /// Called with the number of lines that were lost, on the thread that writes.
    let lost: @Sendable (_ lines: Int) -> Void

    /// Files below a directory; nothing is touched before the first line.
    init(
        of path: HierarchyPath,
        below root: FilePath,
        limits: ChildOutputLimits,
        lost: @escaping @Sendable (_ lines: Int) -> Void
    ) {
        self.path = path
        self.lost = lost
        rotating = RotatingFile(
            directory: root.appending(Self.name(of: path)),
            fileBytes: limits.fileBytes,
            fileCount: limits.fileCount
        )
    }

    /// A file system takes names of 255 bytes.
    private static let nameLimit = 200

    /// The directory's name: the path with its slashes escaped. A very long one ends in a hash of the whole instead.
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
