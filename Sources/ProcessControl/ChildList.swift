internal import Glibc
package import SystemPackage

/// The children of a process as the kernel lists them per thread, which costs far less than a look at all processes.
///
/// The lists are complete as long as nobody reaps a child of that process meanwhile (proc(5), `/proc/PID/task/TID/children`).
package enum ChildList {
    /// The pids of all children, dead ones included.
    ///
    /// - Parameter tasks: /proc/PID/task.
    /// - Returns: the pids; nil where the kernel keeps no such lists (CONFIG_PROC_CHILDREN), or a thread has just ended.
    package static func pids(in tasks: FilePath) -> Set<Int32>? {
        do throws(Errno) {
            var pids: Set<Int32> = []
            for thread in try DirectoryListing.names(in: tasks) {
                let content = try SmallFile.read(tasks.appending(thread).appending("children"), limit: sizeLimit)
                for field in content.split(separator: UInt8(ascii: " ")) {
                    guard let pid = Int32(String(decoding: field, as: UTF8.self)) else {
                        return nil
                    }
                    pids.insert(pid)
                }
            }
            return pids
        } catch {
            return nil
        }
    }

    /// The children of a process.
    static func pids(of pid: Int32) -> Set<Int32>? { pids(in: FilePath("/proc/\(pid)/task")) }

    /// Room for a hundred thousand pids.
    private static let sizeLimit = 1024 * 1024
}
