import NIOCore
import NIOPosix

/// One HTTP call over a connection of its own, with the answer as it stands on the wire.
package struct HTTPCall: Sendable, Equatable {
    package let status: Int
    package let contentType: String
    package let body: String

    /// Makes an answer.
    package init(status: Int, contentType: String, body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// Calls a local port.
    ///
    /// - Returns: nothing where nobody answers
    package static func to(_ port: Int, _ path: String, method: String = "GET", body: String = "") async -> HTTPCall? {
        let request = """
            \(method) \(path) HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Connection: close\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """
        // A refused call is an answer as well: none.
        guard let answer = try? await exchange(port, request) else { return nil }
        return HTTPCall(answer)
    }

    private static func exchange(_ port: Int, _ request: String) async throws -> String {
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ByteBuffer()
            for try await bytes in inbound { answer.writeImmutableBuffer(bytes) }
            return String(buffer: answer)
        }
    }

    private init?(_ answer: String) {
        guard let end = answer.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = answer[..<end.lowerBound].split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        let type = lines.first { $0.lowercased().hasPrefix("content-type: ") }
        self.init(
            status: status,
            contentType: type.map { String($0.dropFirst(14)) } ?? "",
            body: String(answer[end.upperBound...])
        )
    }
}

/// Asks again and again until the answer is right; a test that waits for ever ends by its time limit.
package func eventually(_ condition: () async throws -> Bool) async throws {
    while try await !condition() {
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Calls again and again until somebody answers.
package func answer(_ call: () async -> HTTPCall?) async throws -> HTTPCall {
    while true {
        if let answer = await call() { return answer }
        try await Task.sleep(for: .milliseconds(20))
    }
}
