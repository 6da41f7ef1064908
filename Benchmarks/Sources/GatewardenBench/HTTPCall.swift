internal import Glibc

/// One HTTP request on the loopback interface.
enum HTTPCall {
    struct Answer {
        let status: Int
        let body: String
    }

    /// Asks, and reads until the server closes.
    ///
    /// - Parameters:
    ///   - path: the path of the URL.
    ///   - port: the port on 127.0.0.1.
    /// - Returns: the answer; nil when nobody listens or the answer takes over five seconds.
    static func get(_ path: String, port: UInt16) -> Answer? {
        exchange("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", port)
    }

    /// Puts a JSON document, and reads until the server closes.
    ///
    /// - Returns: the answer; nil when nobody listens or the answer takes over five seconds.
    static func put(_ path: String, json: String, port: UInt16) -> Answer? {
        let type = "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)"
        return exchange("PUT \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\(type)\r\n\r\n\(json)", port)
    }

    private static func exchange(_ text: String, _ port: UInt16) -> Answer? {
        guard let connection = connection(to: port) else { return nil }
        defer { close(connection) }
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let request = Array(text.utf8)
        guard send(connection, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
        return parse(readAll(connection))
    }

    /// Connects.
    ///
    /// - Parameters:
    ///   - port: the port on 127.0.0.1.
    ///   - receiveBytes: the size of the kernel's buffer for what comes; nil for the usual one.
    /// - Returns: a socket, which the caller closes; nil when nobody listens.
    static func connection(to port: UInt16, receiveBytes: Int? = nil) -> Int32? {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard connection >= 0 else { return nil }
        if var bytes = receiveBytes.map(Int32.init) {
            setsockopt(connection, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        }
        if connect(connection, to: port) { return connection }
        close(connection)
        return nil
    }

    private static func connect(_ connection: Int32, to port: UInt16) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func readAll(_ connection: Int32) -> [UInt8] {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 262_144)
        while true {
            let length = recv(connection, &buffer, buffer.count, 0)
            if length <= 0 { return content }
            content.append(contentsOf: buffer[..<length])
        }
    }

    private static func parse(_ bytes: [UInt8]) -> Answer? {
        let lineEnd = Array("\r\n\r\n".utf8)
        guard let head = bytes.indices.first(where: { bytes[$0...].starts(with: lineEnd) }) else { return nil }
        let words = String(decoding: bytes[..<head], as: UTF8.self).split(separator: " ", maxSplits: 2)
        guard words.count == 3, let status = Int(words[1]) else { return nil }
        return Answer(status: status, body: String(decoding: bytes[(head + 4)...], as: UTF8.self))
    }
}
