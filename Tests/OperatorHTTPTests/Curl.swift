import Glibc
import NIOPosix

/// The command-line client that operators have at hand.
enum Curl {
    private static let path = "/usr/bin/curl"

    static var isInstalled: Bool { access(path, X_OK) == 0 }

    struct Failed: Error {
        var code: CInt
    }

    /// Runs curl on a thread for blocking calls and returns what it printed.
    static func run(_ arguments: [String]) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            try output(of: [path, "--silent", "--max-time", "30"] + arguments)
        }
    }

    private static func output(of command: [String]) throws -> String {
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failed(code: errno) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        // Other tests' listeners must not live on in curl; closing what is not open does no harm.
        for descriptor in (STDERR_FILENO + 1)..<1024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, path, &actions, nil, &arguments, nil)
        close(ends[1])
        guard code == 0 else { throw Failed(code: code) }
        defer { waitpid(process, nil, 0) }
        return try readToEnd(ends[0])
    }

    private static func readToEnd(_ descriptor: CInt) throws -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            if count > 0 { bytes += chunk[..<count] } else if errno != EINTR { throw Failed(code: errno) }
        }
    }
}
