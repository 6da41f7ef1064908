public import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// The HTTP server of a supervised process, asked again and again on connections that stay open.
///
/// Any number of requests may run at once; the client bounds the connections. An answer comes from the process that
/// accepted the connection: after a restart connections are new.
public struct LocalEndpoint: Sendable {
    /// The largest body that is read where nothing else is asked for.
    public static let bodyLimit = 4 * 1024 * 1024

    private let base: String
    private let client: HTTPClient

    /// Describes an endpoint; connects when it is asked.
    ///
    /// - Parameters:
    ///   - host: Name or IPv4 address, or an IPv6 address in brackets.
    ///   - port: TCP port, 1...65535.
    ///   - client: A client that neither follows redirects nor repeats refused connections; not shut down by the endpoint.
    public init(host: String = "127.0.0.1", port: Int, client: HTTPClient) {
        self.base = "http://\(host):\(port)"
        self.client = client
    }

    /// Sends a GET request and waits for the whole answer, whatever its status; ends early when its task is cancelled.
    ///
    /// - Parameters:
    ///   - path: Path and query, starting with a slash.
    ///   - timeout: Time from the start to the last byte of the body.
    ///   - limit: Bytes of the body above which the answer is refused; at most 2^32.
    /// - Returns: The answer.
    /// - Throws: ``EndpointError`` that names the URL.
    public func get(
        _ path: String, within timeout: Duration, upTo limit: Int = bodyLimit
    ) async throws(EndpointError) -> EndpointAnswer {
        try await send(.GET, path, body: nil, within: timeout, upTo: limit)
    }

    /// Puts a document in its place.
    ///
    /// - Parameters:
    ///   - path: The path with its query.
    ///   - content: What to send, as JSON; a key stays as it is written.
    ///   - timeout: The time for connecting, sending and the whole answer.
    /// - Returns: The answer, whatever its status is.
    /// - Throws: Why there is no answer; `EncodingError` for a content that cannot be written as JSON.
    func put(_ path: String, json content: some Encodable, within timeout: Duration) async throws -> EndpointAnswer {
        let body = HTTPClient.Body.bytes(Array(try JSONEncoder().encode(content)))
        return try await send(.PUT, path, body: body, within: timeout, upTo: Self.bodyLimit)
    }

    private func send(
        _ method: HTTPMethod,
        _ path: String,
        body: HTTPClient.Body?,
        within timeout: Duration,
        upTo limit: Int
    ) async throws(EndpointError) -> EndpointAnswer {
        let url = base + path
        do {
            let request = try HTTPClient.Request(
                url: url,
                method: method,
                headers: ["User-Agent": "gatewarden"],
                body: body
            )
            let task = client.execute(
                request: request,
                delegate: ResponseAccumulator(request: request, maxBodySize: limit),
                deadline: .now() + TimeAmount(timeout)
            )
            let response = try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
            return EndpointAnswer(
                status: Int(response.status.code),
                contentType: response.headers.first(name: "Content-Type"),
                body: response.body.map { Array($0.readableBytesView) } ?? []
            )
        } catch {
            throw EndpointError("\(method.rawValue) \(url)", error, timeout: timeout)
        }
    }
}
