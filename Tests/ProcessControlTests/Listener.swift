import Glibc
import SystemPackage

/// A TCP socket of this process that listens on a free port.
struct Listener {
    let descriptor: CInt
    let port: UInt16

    /// Opens the socket on an address, on a port that others may share if asked; one that does not listen only holds it.
    init(
        address: UInt32 = INADDR_LOOPBACK, port: UInt16 = 0, isShared: Bool = false, isListening: Bool = true
    ) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var sharing: CInt = isShared ? 1 : 0
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &sharing, socklen_t(MemoryLayout<CInt>.size))
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = address.bigEndian
        name.sin_port = port.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &name) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                bind(descriptor, name, length) == 0 && (!isListening || listen(descriptor, 1) == 0)
                    && getsockname(descriptor, name, &length) == 0
            }
        }
        guard result else {
            throw Errno(rawValue: errno)
        }
        self.port = UInt16(bigEndian: name.sin_port)
    }

    func close() {
        Glibc.close(descriptor)
    }

    /// Starts a shell in a group of its own that has the socket as descriptor 9, and waits until it says a word.
    ///
    /// - Returns: the shell's pid; the caller ends its group with `endGroup`.
    func handOver(to script: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let (reading, writing) = try FileDescriptor.pipe()
        defer { Glibc.close(reading.rawValue) }
        posix_spawn_file_actions_addclose(&actions, reading.rawValue)
        posix_spawn_file_actions_adddup2(&actions, writing.rawValue, 1)
        posix_spawn_file_actions_adddup2(&actions, descriptor, 9)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var pid: pid_t = 0
        let words: [String] = ["sh", "-c", script]
        let arguments = words.map { strdup($0) }
        defer { arguments.forEach { free($0) } }
        let code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments + [nil], environ)
        try writing.close()
        guard code == 0 else {
            throw Errno(rawValue: code)
        }
        _ = try withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { try reading.read(into: $0) }
        return pid
    }

    /// Kills a group that `handOver` started, and waits for its leader.
    static func endGroup(_ leader: pid_t) {
        kill(-leader, SIGKILL)
        waitpid(leader, nil, 0)
    }
}
