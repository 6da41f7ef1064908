internal import Glibc

/// TCP ports of a broker on 127.0.0.1 that were free a moment ago.
struct BrokerPorts {
    let kafka: UInt16
    let admin: UInt16
    let rpc: UInt16
    /// Where the stand-in is told what to do.
    let control: UInt16

    /// Lets the kernel choose; all four are held until the last is chosen, so they differ.
    ///
    /// - Throws: when no port is free.
    init() throws {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let sockets = (0..<4).map { _ in socket(AF_INET, kind, 0) }
        defer { for descriptor in sockets where descriptor >= 0 { close(descriptor) } }
        let ports = try sockets.map(Self.choose)
        (kafka, admin, rpc, control) = (ports[0], ports[1], ports[2], ports[3])
    }

    private static func choose(for descriptor: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard result else { throw BenchmarkError.system("no port is free on 127.0.0.1") }
        return UInt16(bigEndian: address.sin_port)
    }
}
