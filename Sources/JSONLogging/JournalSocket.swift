internal import CJSONLogging
internal import Glibc

/// A connection to the socket on which a journal takes entries in its own protocol.
///
/// Source: systemd, "Native Journal Protocol" (JOURNAL_NATIVE_PROTOCOL.md). One datagram is one entry; one that is too large
/// for a datagram goes as a descriptor of a sealed memory file. For one thread; nothing blocks but `awaitRoom`.
final class JournalSocket {
    /// What became of an entry.
    enum Outcome: Equatable {
        case sent
        /// The journal has to read first.
        case full
        /// Nobody takes entries; the number is that of errno(3).
        case unreachable(Int32)
    }

    /// Room for entries on their way; the same as in systemd's own library.
    private static let sendBuffer: Int32 = 8 << 20

    private let path: String
    private let descriptor: Int32
    private var isConnected = false

    /// - Parameter path: where the journal listens; nothing needs to be there yet.
    init(path: String) {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var size = Self.sendBuffer
        // Without it the size is the system's, and more entries go as memory files.
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout.size(ofValue: size)))
    }

    deinit {
        close(descriptor)
    }

    /// Sends an entry; a journal that was started anew is found again.
    func send(_ entry: UnsafeRawBufferPointer) -> Outcome {
        var outcome = isConnected ? sendOnce(entry) : .unreachable(ENOTCONN)
        if case .unreachable = outcome {
            let failure = connect()
            isConnected = failure == 0
            outcome = isConnected ? sendOnce(entry) : .unreachable(failure)
        }
        return outcome
    }

    /// Waits until the journal takes entries again, for no longer than some milliseconds; blocks the thread.
    func awaitRoom(milliseconds: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, milliseconds)
    }

    private func sendOnce(_ entry: UnsafeRawBufferPointer) -> Outcome {
        while true {
            if Glibc.send(descriptor, entry.baseAddress, entry.count, Int32(MSG_NOSIGNAL)) >= 0 {
                return .sent
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .full
            case EMSGSIZE, ENOBUFS: return sendFile(with: entry)
            case let failure: return .unreachable(failure)
            }
        }
    }

    private func connect() -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            guard path.utf8.count < bytes.count else { return false }
            bytes.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { return ENAMETOOLONG }
        let result = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 ? 0 : errno
    }

    private func sendFile(with entry: UnsafeRawBufferPointer) -> Outcome {
        switch jl_send_sealed_file(descriptor, entry.baseAddress, entry.count) {
        case 0: .sent
        case EAGAIN: .full
        case let failure: .unreachable(failure)
        }
    }
}
