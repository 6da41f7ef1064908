import Glibc

/// A port that nobody else can take while the value lives, and behind which nobody answers.
final class UnansweringPort {
    /// What happens to those who connect.
    enum Manner {
        /// Nobody listens: connections are refused.
        case refusing
        /// The queue of the listener is full: connection attempts get no answer at all.
        case silent
    }

    struct Failed: Error {
        var call: String
        var code: CInt
    }

    let port: Int
    private var descriptors: [CInt] = []

    init(_ manner: Manner) throws {
        let owner = Self.makeSocket()
        descriptors.append(owner)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        guard Self.withSocketAddress(&address, { bind(owner, $0, $1) }) == 0 else {
            throw Failed(call: "bind", code: errno)
        }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard Self.withSocketAddress(&address, { pointer, _ in getsockname(owner, pointer, &length) }) == 0 else {
            throw Failed(call: "getsockname", code: errno)
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        switch manner {
        case .refusing: break
        case .silent: try fillQueue(of: owner, at: &address)
        }
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }

    private func fillQueue(of listener: CInt, at address: inout sockaddr_in) throws {
        guard listen(listener, 0) == 0 else { throw Failed(call: "listen", code: errno) }
        // A queue of 0 holds one connection; the second one is the first to stay unanswered.
        for _ in 0..<2 {
            let client = Self.makeSocket()
            descriptors.append(client)
            Self.withSocketAddress(&address) { _ = connect(client, $0, $1) }
        }
    }

    private static func makeSocket() -> CInt {
        socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    }

    private static func withSocketAddress<Result>(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
