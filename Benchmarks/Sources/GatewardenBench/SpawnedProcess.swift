internal import CBenchmark
internal import Glibc

/// A program that the tool started, in a session of its own.
final class SpawnedProcess {
    let pid: Int32
    /// The moment just before the start.
    let startTime: MonotonicTime
    private var waitStatus: Int32?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - command: the path and the arguments.
    ///   - directory: where it runs.
    ///   - log: the file for its output.
    /// - Throws: when it cannot be executed.
    init(_ command: [String], directory: String, log: String) throws {
        let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw BenchmarkError.system("cannot create \(log)") }
        defer { close(output) }
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        startTime = .now
        let result = bench_spawn(command[0], &arguments, directory, output)
        guard result > 0 else { throw BenchmarkError.system("cannot start \(command[0])", -result) }
        pid = result
    }

    deinit {
        if !hasEnded {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
    }

    /// Whether it ended; reaps it then.
    var hasEnded: Bool {
        if waitStatus != nil { return true }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return false }
        waitStatus = status
        return true
    }

    /// The exit code; nil while it runs and after death by a signal.
    var exitCode: Int32? {
        guard hasEnded, let status = waitStatus, status & 0x7f == 0 else { return nil }
        return (status >> 8) & 0xff
    }

    func send(_ signal: Int32) {
        if !hasEnded { kill(pid, signal) }
    }

    /// Waits for its end.
    ///
    /// - Parameter limit: how long at most.
    /// - Returns: the moment at which the end was seen, 0.2 ms after it at most on an idle machine.
    /// - Throws: when it does not end in time, or the tool was told to end.
    func waitForEnd(limit: Duration = .seconds(30)) throws -> MonotonicTime {
        try Pause.until("end of process \(pid)", limit: limit, period: .microseconds(200)) { hasEnded }
        return .now
    }
}
