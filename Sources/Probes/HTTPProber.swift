public import AsyncHTTPClient
import NIOCore

/// Sends one GET request and compares the answer; of the body no more than 64 KiB are read.
public struct HTTPProber: Prober {
    /// Bytes of a body that are read; the rest is not waited for.
    public static let bodyLimit = 64 * 1024

    private let expectation: HTTPProbe
    private let exchange: HTTPExchange

    /// Makes a prober.
    ///
    /// - Parameters:
    ///   - expectation: The request and the answer that counts as success.
    ///   - client: A client made with ``clientConfiguration``; shared by all probers, not shut down by any.
    public init(_ expectation: HTTPProbe, client: HTTPClient) {
        self.expectation = expectation
        exchange = HTTPExchange(url: expectation.url, bodyLimit: Self.bodyLimit, client: client)
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
        let answer = try await exchange.answer(within: timeout)
        guard expectation.accepts(status: answer.status) else {
            let message = "\(exchange.title): status \(answer.status), expected \(expectation.expectation)"
            throw ProbeFailure(code: .unexpectedStatus, message: message)
        }
        if let text = expectation.bodyContains, !String(buffer: answer.body).contains(text) {
            let message = "\(exchange.title): the body does not contain \"\(text)\""
            throw ProbeFailure(code: .unexpectedBody, message: message)
        }
    }
}
