import Glibc

/// A small file system of its own.
final class Mount: Sendable {
    /// Whether this process may mount.
    static let isPermitted: Bool = {
        // Why not is of no interest: the tests are skipped.
        guard let directory = try? TemporaryDirectory() else { return false }
        return (try? Mount(at: directory.path + "/disk", kibibytes: 64)) != nil
    }()

    private let path: String
    private let size: Int
    private var filler: String { path + "/filler" }

    init(at path: String, kibibytes: Int) throws {
        self.path = path
        size = kibibytes * 1024
        guard mkdir(path, 0o700) == 0, mount("tmpfs", path, "tmpfs", 0, "size=\(kibibytes)k") == 0 else {
            throw SystemFailure(errno)
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    func set(readOnly: Bool) throws {
        let flags = UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0)
        guard mount("tmpfs", path, "tmpfs", flags, "size=\(size)") == 0 else { throw SystemFailure(errno) }
    }

    /// Leaves no byte free.
    func fill() {
        let descriptor = open(filler, O_WRONLY | O_CREAT, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
        close(descriptor)
    }

    func makeRoom() {
        unlink(filler)
    }
}
