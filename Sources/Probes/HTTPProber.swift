public import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Sends one GET request on a connection of its own and compares the answer.
///
/// Every probe opens a new connection (`Connection: close`), so that a restarted child is met anew. Redirects are
/// answers, not instructions, and of the body no more than 64 KiB are read.
public struct HTTPProber: Prober {
    /// Bytes of a body that are read; the rest is not waited for.
    public static let bodyLimit = 64 * 1024

    private let expectation: HTTPProbe
    private let client: HTTPClient

    /// Makes a prober.
    ///
    /// - Parameters:
    ///   - expectation: The request and the answer that counts as success.
    ///   - client: A client made with ``clientConfiguration``; shared by all probers, not shut down by any.
    public init(_ expectation: HTTPProbe, client: HTTPClient) {
        self.expectation = expectation
        self.client = client
    }

    /// The configuration of the client that probers share.
    ///
    /// A refused connection is an answer: it is reported instead of being tried again. Redirects are not followed.
    public static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// Sends the request and compares the answer.
    ///
    /// - Parameter timeout: Time from name resolution to the last byte of the body that is read.
    /// - Throws: ``ProbeFailure`` that names the URL and what was wrong with the answer.
    public func probe(within timeout: Duration) async throws(ProbeFailure) {
        let target = "GET \(expectation.url)"
        let answer: Answer
        do {
            answer = try await request(within: timeout)
        } catch {
            throw failure(target, error, timeout: timeout)
        }
        guard expectation.accepts(status: answer.status) else {
            let message = "\(target): status \(answer.status), expected \(expectation.expectation)"
            throw ProbeFailure(code: .unexpectedStatus, message: message)
        }
        if let text = expectation.bodyContains, !answer.body.contains(text) {
            throw ProbeFailure(code: .unexpectedBody, message: "\(target): the body does not contain \"\(text)\"")
        }
    }

    private struct Answer {
        var status: Int
        var body: String
    }

    private struct TimedOut: Error {}

    /// Races the exchange against the timeout, which covers the body too (a deadline of the client ends at the head).
    private func request(within timeout: Duration) async throws -> Answer {
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
        var request = HTTPClientRequest(url: expectation.url)
        request.headers.add(name: "Connection", value: "close")
        request.headers.add(name: "User-Agent", value: "gatewarden-probe")
        // The group's timer ends the exchange earlier; the client only insists on some deadline.
        let response = try await client.execute(request, deadline: .distantFuture)
        var body = ByteBuffer()
        for try await part in response.body {
            body.writeImmutableBuffer(part)
            if body.readableBytes >= Self.bodyLimit { break }
        }
        let text = body.readString(length: min(body.readableBytes, Self.bodyLimit)) ?? ""
        return Answer(status: Int(response.status.code), body: text)
    }

    private func failure(_ target: String, _ error: any Error, timeout: Duration) -> ProbeFailure {
        switch error {
        case is TimedOut:
            .timedOut(target, after: timeout)
        case let error as HTTPClientError:
            failure(target, clientError: error, timeout: timeout)
        case HTTPParserError.invalidEOFState:
            Self.closed(target)
        case let error as HTTPParserError:
            ProbeFailure(code: .malformed, message: "\(target): not an HTTP answer (\(error))")
        default:
            ProbeFailure.connection(target, error, timeout: timeout)
                ?? ProbeFailure(code: .other, message: "\(target): \(error)")
        }
    }

    private func failure(_ target: String, clientError: HTTPClientError, timeout: Duration) -> ProbeFailure {
        switch clientError {
        case .connectTimeout, .deadlineExceeded:
            .timedOut(target, after: timeout)
        case .cancelled:
            ProbeFailure(code: .cancelled, message: "\(target): the probe was cancelled")
        case .remoteConnectionClosed:
            Self.closed(target)
        case .invalidURL, .emptyHost, .emptyScheme:
            ProbeFailure(code: .invalidTarget, message: "\(target): not an absolute http:// or https:// URL")
        default:
            ProbeFailure(code: .other, message: "\(target): \(clientError.shortDescription)")
        }
    }

    private static func closed(_ target: String) -> ProbeFailure {
        ProbeFailure(code: .closed, message: "\(target): closed before the answer was complete")
    }
}
