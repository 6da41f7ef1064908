import AsyncHTTPClient
import Exposition
import NIOCore
import NIOHTTP1
import NIOPosix
import struct SystemPackage.Errno

/// Reads metrics from a URL, once.
enum ExpositionDownload {
    /// The time for an answer, from the look-up of the name to the last byte.
    static let timeout = Duration.seconds(10)

    private struct TimedOut: Error {}

    /// Sends a GET request, follows redirects, and reads the answer.
    static func answer(of url: String) async throws(GatewayFailure) -> ExpositionInput {
        var configuration = HTTPClient.Configuration()
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result<ExpositionInput, any Error>
        do {
            result = .success(try await race(url, client))
        } catch {
            result = .failure(error)
        }
        // The connections end with the process; what cannot be closed before is no reason to keep the answer back.
        try? await client.shutdown()
        do {
            return try result.get()
        } catch {
            throw failure(url, error)
        }
    }

    /// Races the exchange against the timeout, which covers the body too.
    private static func race(_ url: String, _ client: HTTPClient) async throws -> ExpositionInput {
        try await withThrowingTaskGroup { group in
            group.addTask { try await exchange(url, client) }
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

    private static func exchange(_ url: String, _ client: HTTPClient) async throws -> ExpositionInput {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Accept", value: accept)
        request.headers.add(name: "User-Agent", value: "gatewarden")
        let response = try await client.execute(request, deadline: .distantFuture)
        guard response.status == .ok else {
            throw GatewayFailure(.failure, "\(url): status \(response.status.code), expected 200")
        }
        var bytes: [UInt8] = []
        for try await part in response.body {
            guard bytes.count + part.readableBytes <= ExpositionInput.sizeLimit else {
                throw ExpositionInput.tooLarge(url)
            }
            bytes.append(contentsOf: part.readableBytesView)
        }
        let contentType = response.headers.first(name: "Content-Type")
        return ExpositionInput(bytes: bytes, syntax: contentType.flatMap(ExpositionSyntax.init(contentType:)))
    }

    /// OpenMetrics where the server has it, the text format elsewhere; UTF-8 names in quotes.
    private static let accept = """
        application/openmetrics-text;version=1.0.0;escaping=allow-utf-8,\
        text/plain;version=0.0.4;escaping=allow-utf-8;q=0.5,*/*;q=0.1
        """

    private static func failure(_ url: String, _ error: any Error) -> GatewayFailure {
        switch error {
        case let failure as GatewayFailure: failure
        case is TimedOut: timedOut(url)
        case let error as HTTPClientError where error == .connectTimeout: timedOut(url)
        case let error as HTTPClientError: GatewayFailure(.failure, "\(url): \(error.shortDescription)")
        case let error as NIOConnectionError:
            // A name with several addresses fails once for each; the first one is what the name means first.
            error.connectionErrors.first.map { failure(url, $0.error) }
                ?? GatewayFailure(.failure, "\(url): the host has no address")
        case let error as IOError: GatewayFailure(.failure, "\(url): \(Errno(rawValue: error.errnoCode))")
        case let error as HTTPParserError: GatewayFailure(.failure, "\(url): not an HTTP answer (\(error))")
        default: GatewayFailure(.failure, "\(url): \(error)")
        }
    }

    private static func timedOut(_ url: String) -> GatewayFailure {
        GatewayFailure(.failure, "\(url): no complete answer within \(timeout.components.seconds) s")
    }
}
