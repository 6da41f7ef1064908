import Glibc
import Standins

/// Notices changes of a file: another size, another time, another file under its name.
///
/// It looks from time to time, and a file that is still being written counts once it has been left alone, so that half of
/// it is never read.
struct FileWatch: Sendable {
    private struct Look: Equatable {
        let inode: UInt64
        let size: Int64
        let seconds: Int
        let nanoseconds: Int

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
        }
    }

    private static let period = Duration.milliseconds(100)

    /// The file.
    let path: String

    /// Looks at the file until the task is cancelled.
    ///
    /// - Parameter change: called behind each change; further changes wait until it returns. A file that is gone is no
    ///   change, as in the real program
    func run(_ change: () async -> Void) async {
        var (known, last) = (Look(path), Look(path))
        // A cancelled pause ends the watch.
        while (try? await Task.sleep(for: Self.period)) != nil {
            let look = Look(path)
            defer { last = look }
            guard let look, look == last, look != known else { continue }
            known = look
            await change()
        }
    }
}
