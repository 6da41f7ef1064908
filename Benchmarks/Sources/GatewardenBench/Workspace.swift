internal import Glibc

/// A directory of one run of a supervisor: its files, the supervised program and the FIFO of the reports.
final class Workspace {
    let path: String
    /// The supervised program; the FIFO that it reports to lies beside it.
    let childProgram: String
    let reports: ReportPipe

    /// Makes the directory below the system's temporary one.
    ///
    /// - Parameter child: the supervised program.
    /// - Throws: when a file cannot be made.
    init(child: String) throws {
        var template = Array("/tmp/gatewarden-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchmarkError.system("cannot create a directory in /tmp") }
        path = template.withUnsafeBufferPointer { String(decoding: $0.dropLast().map(UInt8.init), as: UTF8.self) }
        childProgram = "\(path)/child"
        do {
            try TextFile.copyProgram(child, to: childProgram)
            reports = try ReportPipe(path: "\(path)/reports")
        } catch {
            Self.remove(path)
            throw error
        }
    }

    /// Kills what is left of the run, and removes the directory.
    func close() {
        killLeftovers()
        Self.remove(path)
    }

    /// The processes that run a program from the directory, or have it as their working directory.
    func processes() -> [Int32] {
        TextFile.names(in: "/proc").compactMap(Int32.init).filter { pid in
            ["exe", "cwd"].contains { TextFile.linkTarget("/proc/\(pid)/\($0)")?.hasPrefix(path) ?? false }
        }
    }

    /// The supervised processes.
    func children() -> [Int32] {
        TextFile.names(in: "/proc").compactMap(Int32.init).filter {
            TextFile.linkTarget("/proc/\($0)/exe") == childProgram
        }
    }

    private func killLeftovers() {
        let end = MonotonicTime.now + .seconds(5)
        while MonotonicTime.now < end {
            let pids = processes()
            if pids.isEmpty { return }
            for pid in pids { kill(pid, SIGKILL) }
            usleep(5000)
        }
    }

    private static func remove(_ path: String) {
        for name in TextFile.names(in: path) {
            let entry = "\(path)/\(name)"
            // A link to a directory is unlinked; only a real directory is refused and emptied.
            if unlink(entry) != 0 { remove(entry) }
        }
        rmdir(path)
    }
}
