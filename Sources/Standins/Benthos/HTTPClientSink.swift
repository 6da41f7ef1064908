import NIOCore
import Standins

/// Posts messages over HTTP/1.1, each on a connection of its own.
struct HTTPClientSink: MessageSink {
    /// Benthos' default of `max_in_flight`.
    let slots = 64
    /// Where and how to post.
    let target: FlowConfiguration.HTTPTarget
    /// The event loops to use.
    let group: any EventLoopGroup
    /// The numbers of the flow; requests are counted only once there are some.
    let metrics: FlowMetrics
    /// Where the component stands.
    let place: ComponentPlace

    func connect() {}

    func write(_ message: FlowMessage) async throws(FlowFault) {
        var failure = ""
        for attempt in 0...max(0, target.retries) {
            // A cancelled pause lets the next attempt fail as cancelled.
            if attempt > 0 { try? await Task.sleep(for: target.retryPeriod) }
            if Task.isCancelled { throw .failed("\(target.url): context canceled") }
            let start = ContinuousClock.now
            let outcome = await post(message)
            guard !Task.isCancelled else { throw .failed("\(target.url): context canceled") }
            metrics.timing("http_request_latency_ns", place).record(ContinuousClock.now - start)
            switch outcome {
            case .success(let reply):
                metrics.counter("http_request_code_\(reply.status / 100)xx", place).increment()
                if (200..<300).contains(reply.status) { return }
                let body = reply.body.isEmpty ? "" : ", Error: \(reply.body)"
                failure =
                    "\(target.url): HTTP request returned unexpected response code (\(reply.status)): "
                    + "\(reply.status) \(reply.reason)\(body)"
            case .failure(let error): failure = "\(target.url): Post \"\(target.url)\": \(error)"
            }
        }
        throw .failed(failure)
    }

    private struct Reply {
        let status: Int
        let reason: String
        let body: String
    }

    /// One request with its time limit.
    private func post(_ message: FlowMessage) async -> Result<Reply, StandinError> {
        await withTaskGroup(of: Result<Reply, StandinError>.self) { racers in
            racers.addTask {
                do throws(StandinError) {
                    return .success(try await exchange(message))
                } catch {
                    return .failure(error)
                }
            }
            racers.addTask {
                // A cancelled pause means that the request was the first to end.
                try? await Task.sleep(for: target.timeout)
                return .failure(
                    StandinError("context deadline exceeded (Client.Timeout exceeded while awaiting headers)"))
            }
            let first = await racers.next() ?? .failure(StandinError("context canceled"))
            racers.cancelAll()
            return first
        }
    }

    private func exchange(_ message: FlowMessage) async throws(StandinError) -> Reply {
        guard let address = HTTPTargetAddress(target.url, scheme: "http") else {
            throw StandinError("unsupported protocol scheme")
        }
        let connection = try await TCPConnection.dial(address.remote, on: group)
        defer { connection.close() }
        let request = """
            \(target.verb) \(address.path) HTTP/1.1\r
            Host: \(address.remote)\r
            User-Agent: Go-http-client/1.1\r
            Content-Length: \(message.text.utf8.count)\r
            Content-Type: application/octet-stream\r
            Connection: close\r
            \r
            \(message.text)
            """
        try await connection.write(ByteBuffer(string: request))
        var received = ByteBuffer()
        // The server closes the connection behind its answer, because it was asked to.
        while received.readableBytes < 1 << 20, let bytes = await connection.read() {
            received.writeImmutableBuffer(bytes)
        }
        let halves = String(buffer: received).split(separator: "\r\n\r\n", maxSplits: 1)
        let status = halves.first?.prefix { $0 != "\r\n" }.split(separator: " ", maxSplits: 2) ?? []
        guard status.count > 1, let code = Int(status[1]) else { throw StandinError("EOF") }
        let body = halves.count > 1 ? halves[1] : ""
        return Reply(
            status: code,
            reason: status.count > 2 ? String(status[2]) : "",
            body: String(body.trimmingPrefix { $0.isWhitespace })
        )
    }
}
