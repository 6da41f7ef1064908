internal import Glibc

/// Clients that ask for the metrics, and then take them slowly, or not at all.
final class SlowReaders {
    /// How much a slow reader takes at a time.
    private static let partBytes = 4096

    private let port: UInt16
    private var slow: [Int32]
    private var never: Int32

    /// Connects and asks.
    ///
    /// - Parameters:
    ///   - count: how many take a little at a time; one more takes nothing.
    ///   - port: the port on 127.0.0.1.
    /// - Throws: when one cannot connect.
    init(_ count: Int, port: UInt16) throws {
        self.port = port
        slow = []
        never = -1
        for _ in 0..<count { slow.append(try Self.ask(port)) }
        never = try Self.ask(port)
    }

    deinit {
        for connection in slow + [never] where connection >= 0 { close(connection) }
    }

    /// Lets each slow reader take a little; one that was cut off asks again.
    func read() throws {
        var buffer = [UInt8](repeating: 0, count: Self.partBytes)
        for (index, connection) in slow.enumerated() {
            let count = recv(connection, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 || count < 0 && errno == EAGAIN { continue }
            close(connection)
            slow[index] = -1
            slow[index] = try Self.ask(port)
        }
    }

    private static func ask(_ port: UInt16) throws -> Int32 {
        // Little is taken in advance on behalf of who does not read.
        guard let connection = HTTPCall.connection(to: port, receiveBytes: partBytes) else {
            throw BenchmarkError("nobody listens on port \(port)")
        }
        let request = Array("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".utf8)
        guard send(connection, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            close(connection)
            throw BenchmarkError("port \(port) takes no request")
        }
        return connection
    }
}
