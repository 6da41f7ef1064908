internal import Glibc
internal import SystemPackage

/// A socket that waits for TCP connections, as the kernel lists it in /proc/net/tcp and tcp6 (proc(5)).
public struct ListeningSocket: Equatable, Sendable {
    /// How well a socket fits a connection to 127.0.0.1: the kernel gives the connection to the one that fits best.
    enum Fit: Int, Comparable, Sendable {
        /// It listens on 127.0.0.1.
        case exact
        /// It listens on all IPv4 addresses.
        case allIPv4
        /// It listens on all addresses of both kinds; a socket for IPv6 alone looks the same.
        case all

        static func < (left: Fit, right: Fit) -> Bool { left.rawValue < right.rawValue }
    }

    let port: UInt16
    let fit: Fit
    /// The number of the socket, which the descriptors that refer to it show.
    let inode: UInt64

    /// Understands one line; nil if it is about a socket that does not accept connections to 127.0.0.1.
    init?(parsing line: some StringProtocol) {
        let fields = line.split(separator: " ")
        guard
            fields.count > 9, fields[3] == "0A",
            case let local = fields[1].split(separator: ":"), local.count == 2,
            let fit = Self.fit(ofAddress: local[0]),
            let port = UInt16(local[1], radix: 16),
            let inode = UInt64(fields[9])
        else {
            return nil
        }
        self.port = port
        self.fit = fit
        self.inode = inode
    }

    private static func fit(ofAddress address: some StringProtocol) -> Fit? {
        switch String(address) {
        case loopback, "0000000000000000" + word(0x0000_FFFF) + loopback: .exact
        case "00000000": .allIPv4
        case "00000000000000000000000000000000": .all
        default: nil
        }
    }

    private static let loopback = word(0x7F00_0001)

    /// Four bytes of an address as the kernel writes them: as a number in the order of the machine.
    private static func word(_ bytes: UInt32) -> String {
        let digits = String(bytes.bigEndian, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The sockets that accept the connections to a port of 127.0.0.1; several if they share the port.
    ///
    /// - Throws: `statisticsUnavailable` if the tables cannot be read.
    static func accepting(port: UInt16) throws(ProcessControlError) -> [ListeningSocket] {
        var sockets = try read("/proc/net/tcp")
        // A machine without IPv6 lacks the second table.
        if access("/proc/net/tcp6", F_OK) == 0 {
            sockets += try read("/proc/net/tcp6")
        }
        let candidates = sockets.filter { $0.port == port }
        let best = candidates.map(\.fit).min()
        return candidates.filter { $0.fit == best }
    }

    /// The kernel lists sockets that listen before all others, so this many bytes hold thousands of them.
    private static let tableLimit = 1024 * 1024

    private static func read(_ path: FilePath) throws(ProcessControlError) -> [ListeningSocket] {
        var content: [UInt8] = []
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            try file.closeAfter {
                try withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
                    while content.count < tableLimit, case let count = try file.read(into: buffer), count > 0 {
                        content.append(contentsOf: buffer[..<count])
                    }
                }
            }
        } catch {
            throw ProcessControlError(
                .statisticsUnavailable,
                "cannot read \(path)",
                remedy: "mount /proc",
                errno: error as? Errno
            )
        }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").compactMap {
            ListeningSocket(parsing: $0)
        }
    }
}
