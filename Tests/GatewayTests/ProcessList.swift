import Glibc
import ProcessControl

/// What runs on this machine.
enum ProcessList {
    /// Whether a process exists and is not just waiting to be reaped.
    static func isRunning(_ pid: Int32) -> Bool {
        guard let statistics = try? ProcessStatistics.read(pid: pid) else { return false }
        // A zombie has given its memory back.
        return statistics.virtualBytes > 0
    }

    /// How many processes have a text among their arguments.
    static func count(mentioning text: String) -> Int {
        guard let directory = opendir("/proc") else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let pid = Int32(name), commandLine(pid).contains(text) { count += 1 }
        }
        return count
    }

    private static func commandLine(_ pid: Int32) -> String {
        let file = open("/proc/\(pid)/cmdline", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let size = read(file, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, size)), as: UTF8.self)
    }
}
