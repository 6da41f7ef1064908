import Glibc
import Testing

@testable import ProcessControl

@Suite("ListeningSocket", .timeLimit(.minutes(1)))
struct ListeningSocketTests {
    private static let waiting = "echo; exec sleep 1000"

    @Test("a port on which nobody listens has no owner")
    func nobody() throws {
        let listener = try Listener(isListening: false)
        defer { listener.close() }
        #expect(ListeningSocket.owner(ofLoopbackPort: listener.port, child: getpid()) == .nobody)
    }

    @Test("a socket of the child is its own, whatever address it listens on", arguments: [INADDR_LOOPBACK, INADDR_ANY])
    func owned(address: UInt32) throws {
        let listener = try Listener(address: address)
        defer { listener.close() }
        #expect(ListeningSocket.owner(ofLoopbackPort: listener.port, child: getpid()) == .owned)
    }

    @Test("a socket of another process is named with it")
    func other() throws {
        let listener = try Listener()
        defer { listener.close() }
        let child = try Listener(address: INADDR_LOOPBACK)
        let pid = try child.handOver(to: Self.waiting)
        defer { Listener.endGroup(pid) }
        child.close()
        guard case .other(getpid(), let name?) = ListeningSocket.owner(ofLoopbackPort: listener.port, child: pid) else {
            Issue.record("the socket is this process's")
            return
        }
        #expect(!name.isEmpty)
        let own = ListeningSocket.owner(ofLoopbackPort: child.port, child: getpid())
        guard case .other(pid, _) = own else {
            Issue.record("the socket is the child's, not \(own)")
            return
        }
    }

    @Test(
        "every process of the child's group counts, also one that only a descendant keeps open",
        arguments: [waiting, "sleep 1000 & exec 9>&-; echo; wait"]
    )
    func group(script: String) throws {
        let listener = try Listener()
        let pid = try listener.handOver(to: script)
        defer { Listener.endGroup(pid) }
        listener.close()
        #expect(ListeningSocket.owner(ofLoopbackPort: listener.port, child: pid) == .owned)
    }

    @Test("a port that the child shares with somebody else is not its own")
    func shared() throws {
        let first = try Listener(isShared: true)
        let pid = try first.handOver(to: Self.waiting)
        defer { Listener.endGroup(pid) }
        first.close()
        let second = try Listener(port: first.port, isShared: true)
        defer { second.close() }
        let owner = ListeningSocket.owner(ofLoopbackPort: first.port, child: pid)
        guard case .other(getpid(), _) = owner else {
            Issue.record("the port is shared with this process, not \(owner)")
            return
        }
    }

    @Test("of two sockets the one that fits 127.0.0.1 better answers")
    func betterFit() throws {
        let loopback = try Listener(isShared: true)
        defer { loopback.close() }
        let all = try Listener(address: INADDR_ANY, port: loopback.port, isShared: true)
        let pid = try all.handOver(to: Self.waiting)
        defer { Listener.endGroup(pid) }
        all.close()
        #expect(ListeningSocket.owner(ofLoopbackPort: loopback.port, child: getpid()) == .owned)
        guard case .other = ListeningSocket.owner(ofLoopbackPort: loopback.port, child: pid) else {
            Issue.record("the socket of the child does not get the connections")
            return
        }
    }

    private static let rest =
        "00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0"

    @Test(
        "lines of the kernel's tables are understood",
        arguments: [
            ("   0: 0100007F:1F90 \(rest)", 8080, .exact), ("   1: 00000000:0016 \(rest)", 22, .allIPv4),
            ("  10: 00000000000000000000000000000000:FFFF \(rest)", 65535, .all),
            ("   2: 0000000000000000FFFF00000100007F:0001 \(rest)", 1, .exact),
            ("   3: 0200007F:1F90 \(rest)", nil, nil),
            ("   4: 00000000000000000000000001000000:1F90 \(rest)", nil, nil),
            ("   5: 0100007F:1F90 \(rest.replacing(" 0A ", with: " 01 "))", nil, nil),
            (
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode", nil,
                nil
            ),
            ("   6: 0100007F:1F90 00000000:0000 0A", nil, nil), ("", nil, nil),
        ] as [(String, UInt16?, ListeningSocket.Fit?)])
    func lines(line: String, port: UInt16?, fit: ListeningSocket.Fit?) {
        let socket = ListeningSocket(parsing: line)
        #expect(socket?.port == port && socket?.fit == fit && socket?.inode == port.map { _ in 4711 })
    }
}
