import Glibc
import SystemPackage

/// A small file system of its own below a directory of a test.
final class SmallDisk: Sendable {
    /// Whether this process may mount.
    static let isPermitted: Bool = {
        // Why not is of no interest: the tests are skipped.
        guard let directory = try? TestDirectory() else { return false }
        return (try? SmallDisk(in: directory, kibibytes: 64)) != nil
    }()

    let path: FilePath
    private let size: Int
    /// Lives longer than the mount.
    private let directory: TestDirectory
    private var filler: String { path.appending("filler").string }

    init(in directory: TestDirectory, kibibytes: Int) throws {
        self.directory = directory
        path = directory.path.appending("disk")
        size = kibibytes * 1024
        guard mkdir(path.string, 0o700) == 0, mount("tmpfs", path.string, "tmpfs", 0, "size=\(kibibytes)k") == 0 else {
            throw Errno(rawValue: errno)
        }
    }

    deinit {
        umount2(path.string, Int32(MNT_DETACH))
    }

    func set(readOnly: Bool) throws {
        let flags = UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0)
        guard mount("tmpfs", path.string, "tmpfs", flags, "size=\(size)") == 0 else { throw Errno(rawValue: errno) }
    }

    /// Leaves no byte free.
    func fill() {
        let descriptor = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
        close(descriptor)
    }

    func makeRoom() {
        unlink(filler)
    }
}
