import Glibc
import Supervision

/// The program beside the tests' own executable that plays a gateway.
struct Writer {
    private let process: pid_t
    private let pipe: Int32

    init(directory: String, _ task: String...) throws {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw SystemFailure(errno) }
        pipe = ends[0]
        _ = fcntl(pipe, F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[1])
        let executable = try Self.executable()
        let words = [executable, directory] + task
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let result = posix_spawn(&process, executable, &actions, nil, arguments, environ)
        close(ends[1])
        guard result == 0 else { throw SystemFailure(result) }
        self.process = process
    }

    /// Reads some lines, kills the writer a little later and returns all that it has printed.
    func linesUntilKilled(after lines: Int, using random: inout SplitMix64) throws -> [Substring] {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while text.count(where: { $0 == UInt8(ascii: "\n") }) < max(lines, 1) {
            let count = read(pipe, &buffer, buffer.count)
            guard count > 0 else { break }
            text += buffer[..<count]
        }
        // Not a wait for anything: it moves the kill to another place in the writer's next commit.
        for _ in 0..<Int.random(in: 0..<2000, using: &random) { sched_yield() }
        Glibc.kill(process, SIGKILL)
        text += finish()
        // A line that was cut short has not been printed.
        let end = text.lastIndex(of: UInt8(ascii: "\n")) ?? 0
        return String(decoding: text[..<end], as: UTF8.self).split(separator: "\n")
    }

    /// Lets the writer end by itself and returns all that it has printed.
    func output() -> String {
        String(decoding: finish(), as: UTF8.self)
    }

    private func finish() -> [UInt8] {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(pipe, &buffer, buffer.count), count > 0 { text += buffer[..<count] }
        close(pipe)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return text
    }

    private static func executable() throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else { throw SystemFailure(errno) }
        let own = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own[...(own.lastIndex(of: "/") ?? own.startIndex)] + "StoreWriter"
    }
}
