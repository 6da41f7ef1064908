package import Glibc
import Synchronization
import Testing

/// How a process ended.
package enum Ending: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
}

/// A program under test as a real subprocess.
///
/// Its output goes to files in its folder.
package final class RunningProgram: Sendable {
    package let pid: pid_t
    package let folder: TemporaryFolder
    private let ending = Mutex<Ending?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: which one
    ///   - arguments: its command line
    ///   - folder: where its output goes
    ///   - environment: its variables
    ///   - input: the file that it reads as standard input
    ///   - ignoring: a signal that is ignored from the start
    /// - Throws: where there is no such program, or it cannot be started
    package init(
        _ program: Program,
        _ arguments: [String],
        in folder: TemporaryFolder,
        environment: [String: String] = [:],
        input: String = "/dev/null",
        ignoring: Int32? = nil
    ) throws {
        let path = try #require(program.path, "\(program.name) is not built, or not on PATH")
        self.folder = folder
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, folder.path + "/stdout.log", flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, folder.path + "/stderr.log", flags, 0o600)
        // A socket of another test must not live on in this process: its port would stay taken.
        for descriptor in Int32(3)..<1_024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var attributes = Self.attributes()
        defer { posix_spawnattr_destroy(&attributes) }
        let variables = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        var arguments = [program.name] + program.words + arguments
        var command = path
        if ignoring == SIGHUP {
            // `nohup` is the usual way to a program that starts with the hang-up ignored.
            command = "/usr/bin/nohup"
            arguments = ["nohup", path] + arguments.dropFirst()
        }
        pid = try Self.spawn(command, arguments, variables.map { "\($0.key)=\($0.value)" }, &actions, &attributes)
    }

    /// Standard output so far.
    package var output: String { folder.read("stdout.log") }
    /// Standard error so far.
    package var errors: String { folder.read("stderr.log") }
    /// Both, whichever of them a log goes to.
    package var log: String { output + errors }

    /// Sends a signal.
    package func send(_ signal: Int32) {
        Glibc.kill(pid, signal)
    }

    /// Waits for the end of the process; where the test is cancelled meanwhile, the process is killed.
    package func end() async -> Ending {
        while true {
            if let ending = reap(WNOHANG) { return ending }
            // Asked again and again, as blocked threads would be missed by the other tests.
            if (try? await Task.sleep(for: .milliseconds(10))) == nil {
                send(SIGKILL)
                if let ending = reap(0) { return ending }
            }
        }
    }

    private func reap(_ options: Int32) -> Ending? {
        ending.withLock { ending in
            if ending != nil { return ending }
            var status: Int32 = 0
            guard waitpid(pid, &status, options) == pid else { return nil }
            let signal = status & 0x7f
            ending = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
            return ending
        }
    }

    /// Kills the process.
    package func kill() async {
        send(SIGKILL)
        _ = await end()
    }

    /// No process outlives its test, however the test ends.
    deinit {
        if ending.withLock({ $0 }) == nil {
            send(SIGKILL)
            waitpid(pid, nil, 0)
        }
    }

    private static func attributes() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var (defaults, mask) = (sigset_t(), sigset_t())
        sigfillset(&defaults)
        sigemptyset(&mask)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        return attributes
    }

    private static func spawn(
        _ path: String,
        _ arguments: [String],
        _ environment: [String],
        _ actions: inout posix_spawn_file_actions_t,
        _ attributes: inout posix_spawnattr_t
    ) throws -> pid_t {
        let argv = arguments.map { strdup($0) } + [nil]
        let envp = environment.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, path, &actions, &attributes, argv, envp)
        try #require(code == 0, "cannot start \(path): errno \(code)")
        return pid
    }
}
