internal import CProcessControl
internal import Glibc
internal import SystemPackage

/// The control group of one child: everything that it has started is in it.
struct ChildCgroup: Hashable, Sendable {
    /// Its directory.
    let path: FilePath

    /// The most processes that are read from one group at a time; the others follow when these are gone.
    private static let listLimit = 256 * 1024

    /// Whether a living process is in it or in a group below it.
    var isPopulated: Bool {
        guard let events = try? SmallFile.read(path.appending("cgroup.events")) else {
            // A group that cannot be read any more was removed, which only an empty one can be.
            return false
        }
        return events.split(separator: UInt8(ascii: "\n")).contains { $0.elementsEqual("populated 1".utf8) }
    }

    /// The processes in it and in the groups below it.
    var processes: Set<Int32> {
        tree.reduce(into: []) { processes, directory in
            // A group that is gone has no processes.
            let content = (try? SmallFile.read(directory.appending("cgroup.procs"), limit: Self.listLimit)) ?? []
            for line in content.split(separator: UInt8(ascii: "\n")) {
                if let pid = Int32(String(decoding: line, as: UTF8.self)) {
                    processes.insert(pid)
                }
            }
        }
    }

    /// Sends a signal to some of its processes.
    ///
    /// A pid may be reused at any time: the descriptor is opened first, and whoever has the pid then must still be in here.
    func send(_ signal: ProcessSignal, to pids: Set<Int32>) {
        let sorted = pids.sorted()
        for start in stride(from: 0, to: sorted.count, by: Self.descriptorLimit) {
            sendAtOnce(signal, to: sorted[start..<min(start + Self.descriptorLimit, sorted.count)])
        }
    }

    /// Ends everything in it at once, faster than it can fork; before Linux 5.14, one process after the other.
    func kill() {
        do throws(Errno) {
            try SmallFile.write("1", to: path.appending("cgroup.kill"))
        } catch {
            send(.kill, to: processes)
        }
    }

    /// Removes it with the groups below it, if nothing lives in it.
    ///
    /// - Returns: whether it is gone.
    @discardableResult
    func remove() -> Bool {
        rmdir(path.string) == 0
            || tree.reversed().allSatisfy { rmdir($0.string) == 0 || Errno.latest == .noSuchFileOrDirectory }
    }

    /// The processor time that was ever used in it, by those who have ended as well.
    var usage: ResourceUsage? {
        guard let content = try? SmallFile.read(path.appending("cpu.stat")) else {
            // Without it, the figures of the processes stand.
            return nil
        }
        let times = Self.parseTable(content)
        guard let user = times["user_usec"], let system = times["system_usec"] else {
            return nil
        }
        return ResourceUsage(
            userTime: .microseconds(user),
            systemTime: .microseconds(system),
            maxResidentBytes: number(in: "memory.peak") ?? 0
        )
    }

    /// The memory that is charged to it now; without the memory controller, the resident memory of its processes, in which
    /// shared pages count several times.
    var memoryBytes: UInt64 {
        number(in: "memory.current")
            // A process that has gone meanwhile uses no memory.
            ?? processes.compactMap { try? ProcStat.read(pid: $0) }.reduce(0) { $0 + $1.residentBytes }
    }

    /// The most memory that it may use; nil where that is not limited, or not here.
    var memoryLimit: Int? {
        // Without a limit, the file says `max`.
        number(in: "memory.max").map { Int(clamping: $0) }
    }

    /// Understands lines of a name and a number.
    static func parseTable(_ content: [UInt8]) -> [String: Int64] {
        content.split(separator: UInt8(ascii: "\n")).reduce(into: [:]) { table, line in
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            if words.count == 2, let number = Int64(words[1]) {
                table[words[0]] = number
            }
        }
    }

    /// How many descriptors are open at once while signals are sent.
    private static let descriptorLimit = 64

    private func sendAtOnce(_ signal: ProcessSignal, to pids: ArraySlice<Int32>) {
        let opened = pids.map { (pid: $0, descriptor: pc_pidfd_open($0)) }.filter { $0.descriptor >= 0 }
        let present = opened.isEmpty ? [] : processes
        for (pid, descriptor) in opened {
            if present.contains(pid) {
                // It fails only if the process has died meanwhile.
                pc_pidfd_send_signal(descriptor, signal.rawValue)
            }
            close(descriptor)
        }
    }

    /// It and all groups below it, parents first.
    private var tree: [FilePath] {
        var directories = [path]
        var next = 0
        while next < directories.count {
            let directory = directories[next]
            next += 1
            // A group that is gone has none below it.
            let names = (try? DirectoryListing.subdirectories(of: directory)) ?? []
            directories += names.map(directory.appending)
        }
        return directories
    }

    private func number(in file: String) -> UInt64? {
        // Without the controller there is no such file.
        guard let content = try? SmallFile.read(path.appending(file)) else {
            return nil
        }
        return UInt64(String(decoding: content.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
