internal import Glibc

/// The FIFO that every supervised program writes its report to.
final class ReportPipe {
    private let descriptor: Int32
    private var pending: [UInt8] = []

    /// Creates the FIFO and opens it.
    ///
    /// - Parameter path: where; nothing may be there yet.
    /// - Throws: when it cannot be made.
    init(path: String) throws {
        guard mkfifo(path, 0o600) == 0 else { throw BenchmarkError.system("cannot create \(path)") }
        // For writing too, so that the FIFO always has a writer and reading never meets an end.
        descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw BenchmarkError.system("cannot open \(path)") }
    }

    deinit {
        close(descriptor)
    }

    /// Waits for a number of reports.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - limit: how long at most.
    /// - Returns: the reports in the order of their writing.
    /// - Throws: when they do not come in time, or a line is no report.
    func read(_ count: Int, limit: Duration = .seconds(30)) throws -> [ChildReport] {
        var reports: [ChildReport] = []
        let end = MonotonicTime.now + limit
        while reports.count < count {
            try Pause.checkInterrupt()
            guard MonotonicTime.now < end else {
                throw BenchmarkError("\(reports.count) of \(count) programs started within \(limit)")
            }
            try reports.append(contentsOf: readAvailable())
        }
        return reports
    }

    private func readAvailable() throws -> [ChildReport] {
        var readiness = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&readiness, 1, 100) > 0 else { return [] }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let length = Glibc.read(descriptor, &buffer, buffer.count)
        guard length > 0 else { return [] }
        pending.append(contentsOf: buffer[..<length])
        return try takeLines()
    }

    private func takeLines() throws -> [ChildReport] {
        guard let end = pending.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        defer { pending.removeSubrange(...end) }
        return try String(decoding: pending[..<end], as: UTF8.self).split(separator: "\n").map { line in
            guard let report = ChildReport(line: line) else { throw BenchmarkError("no report: \(line)") }
            return report
        }
    }
}
