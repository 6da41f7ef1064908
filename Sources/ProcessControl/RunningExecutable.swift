internal import Glibc

/// The program that a process runs at the moment, as the kernel names it.
enum RunningExecutable {
    /// What the kernel appends when the file was removed or replaced; the process runs on with the old one.
    private static let replacedSuffix = " (deleted)"

    /// Reads /proc/PID/exe.
    ///
    /// - Returns: the path; nil if there is no such process, or this user may not see it.
    static func path(pid: Int32) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/\(pid)/exe", &buffer, buffer.count)
        guard count > 0 else {
            return nil
        }
        let path = buffer.withUnsafeBytes { String(decoding: $0.prefix(count), as: UTF8.self) }
        return path.hasSuffix(replacedSuffix) ? String(path.dropLast(replacedSuffix.count)) : path
    }
}
