import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One GET request on a connection of its own and its answer.
///
/// Every request opens a new connection (`Connection: close`), so that a restarted child is met anew. Redirects are
/// answers, not instructions.
struct HTTPExchange: Sendable {
    /// What came back.
    struct Answer {
        /// The status.
        var status: Int
        /// The body, as far as it was read.
        var body: ByteBuffer
        /// Whether reading ended at the limit, so that there may be more.
        var isCut: Bool
    }

    private let url: String
    private let accept: String?
    private let bodyLimit: Int
    private let client: HTTPClient

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - url: The absolute URL to ask.
    ///   - accept: The kind of content that is asked for; `nil` leaves the choice to the server.
    ///   - bodyLimit: Bytes of the body to read; the rest is not waited for.
    ///   - client: A client made with ``HTTPProber/clientConfiguration``.
    init(url: String, accept: String? = nil, bodyLimit: Int, client: HTTPClient) {
        self.url = url
        self.accept = accept
        self.bodyLimit = bodyLimit
        self.client = client
    }

    /// The request in messages.
    var title: String { "GET \(url)" }

    /// Sends the request and reads the answer.
    ///
    /// - Parameter timeout: Time from name resolution to the last byte of the body that is read.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``ProbeFailure`` that names the URL and why there is no answer.
    func answer(within timeout: Duration) async throws(ProbeFailure) -> Answer {
        do {
            return try await race(within: timeout)
        } catch {
            throw failure(error, timeout: timeout)
        }
    }

    private struct TimedOut: Error {}

    /// Races the exchange against the timeout, which covers the body too (a deadline of the client ends at the head).
    private func race(within timeout: Duration) async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await exchange() }
            group.addTask {
                // The limit of an answer that does not come; ended by cancellation as soon as it has come.
                try await Task.sleep(for: timeout)
                throw TimedOut()
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    private func exchange() async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Connection", value: "close")
        request.headers.add(name: "User-Agent", value: "gatewarden-probe")
        if let accept { request.headers.add(name: "Accept", value: accept) }
        // The group's timer ends the exchange earlier; the client only insists on some deadline.
        let response = try await client.execute(request, deadline: .distantFuture)
        var body = ByteBuffer()
        for try await part in response.body {
            body.writeImmutableBuffer(part)
            if body.readableBytes >= bodyLimit { break }
        }
        let isCut = body.readableBytes >= bodyLimit
        let kept = body.readSlice(length: min(body.readableBytes, bodyLimit)) ?? ByteBuffer()
        return Answer(status: Int(response.status.code), body: kept, isCut: isCut)
    }

    private func failure(_ error: any Error, timeout: Duration) -> ProbeFailure {
        switch error {
        case is TimedOut:
            .timedOut(title, after: timeout)
        case let error as HTTPClientError:
            failure(clientError: error, timeout: timeout)
        case HTTPParserError.invalidEOFState:
            closed
        case let error as HTTPParserError:
            ProbeFailure(code: .malformed, message: "\(title): not an HTTP answer (\(error))")
        default:
            ProbeFailure.connection(title, error, timeout: timeout)
                ?? ProbeFailure(code: .other, message: "\(title): \(error)")
        }
    }

    private func failure(clientError: HTTPClientError, timeout: Duration) -> ProbeFailure {
        switch clientError {
        case .connectTimeout, .deadlineExceeded:
            .timedOut(title, after: timeout)
        case .cancelled:
            ProbeFailure(code: .cancelled, message: "\(title): the probe was cancelled")
        case .remoteConnectionClosed:
            closed
        case .invalidURL, .emptyHost, .emptyScheme:
            ProbeFailure(code: .invalidTarget, message: "\(title): not an absolute http:// or https:// URL")
        default:
            ProbeFailure(code: .other, message: "\(title): \(clientError.shortDescription)")
        }
    }

    private var closed: ProbeFailure {
        ProbeFailure(code: .closed, message: "\(title): closed before the answer was complete")
    }
}
