import Glibc
import Synchronization

/// A port that belongs to one test for as long as it holds the lease.
///
/// Ports lie below those that the kernel gives to outgoing connections. Test runs on the same machine keep out of each
/// other's way by a name in the abstract socket namespace, which the kernel frees whatever becomes of the run.
package final class PortLease: Sendable {
    /// The port.
    package let number: Int
    private let claim: Int32

    private static let last = Mutex(Int.random(in: 20_000..<30_000))

    /// Leases the next port that is free.
    package init() {
        while true {
            let number = Self.last.withLock { last in
                last = last < 32_000 ? last + 1 : 20_000
                return last
            }
            guard let claim = Self.claim(number) else { continue }
            if Self.isFree(number) {
                (self.number, self.claim) = (number, claim)
                return
            }
            Glibc.close(claim)
        }
    }

    deinit {
        Glibc.close(claim)
    }

    /// A socket whose name nobody else can have at the same time.
    private static func claim(_ number: Int) -> Int32? {
        let claim = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
        guard claim >= 0 else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array("\0gatewarden-test-port-\(number)".utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = MemoryLayout<sa_family_t>.size + name.count
        if bind(claim, to: &address, length: length) { return claim }
        Glibc.close(claim)
        return nil
    }

    /// Whether a program could listen there now.
    ///
    /// The socket is bound and never listens: a copy of it may live on for a moment in a process that another test is
    /// just starting, and a listening one would keep the port from its user.
    private static func isFree(_ port: Int) -> Bool {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard probe >= 0 else { return false }
        defer { Glibc.close(probe) }
        var isReused: Int32 = 1
        setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return bind(probe, to: &address, length: MemoryLayout<sockaddr_in>.size)
    }

    private static func bind<Address>(_ socket: Int32, to address: inout Address, length: Int) -> Bool {
        withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.bind(socket, address, socklen_t(length)) == 0
            }
        }
    }
}
