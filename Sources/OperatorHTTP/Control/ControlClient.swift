import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1

/// Talks to the gateway that owns a run directory, over its control socket.
///
/// Every call opens a connection of its own and closes it, so a value holds nothing and needs no shutdown.
public struct ControlClient: Sendable {
    /// Bytes of an answer that are read: the log of a child at its longest (1,000 lines of 64 KiB) fits.
    private static let answerLimit = 96 * 1024 * 1024

    private let runDirectory: String
    private let socket: ControlSocket
    private let timeout: Duration
    private let actionTimeout: Duration

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - runDirectory: The gateway's run directory.
    ///   - timeout: Time to wait for an answer to a question.
    ///   - actionTimeout: Time to wait for a child to be started, stopped or restarted.
    public init(
        runDirectory: String,
        timeout: Duration = .seconds(5),
        actionTimeout: Duration = .seconds(120)
    ) {
        self.runDirectory = runDirectory
        self.socket = ControlSocket(runDirectory: runDirectory)
        self.timeout = timeout
        self.actionTimeout = actionTimeout
    }

    /// The state of the gateway and of its tree.
    ///
    /// - Returns: A snapshot.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func status() async throws(OperatorError) -> GatewayStatus {
        try decode(GatewayStatus.self, from: try await send(.GET, "/v1/status"))
    }

    /// The configuration in effect, rendered for a person.
    ///
    /// - Returns: Text of several lines.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func effectiveConfiguration() async throws(OperatorError) -> String {
        try decode(RenderedConfiguration.self, from: try await send(.GET, "/v1/config")).configuration
    }

    /// The latest lines that a child wrote, oldest first.
    ///
    /// - Parameters:
    ///   - child: Path of the child.
    ///   - lines: Most lines to return, 1...1000.
    /// - Returns: No more than `lines` lines.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func logs(of child: String, lines: Int) async throws(OperatorError) -> [ChildLogLine] {
        let answer = try await send(.GET, "/v1/logs?child=\(child.percentEncoded)&lines=\(lines)")
        return try decode(ChildLog.self, from: answer).lines
    }

    /// Stops a child and starts it anew.
    ///
    /// - Parameter child: Path of the child.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func restart(_ child: String) async throws(OperatorError) {
        try await perform(.restart, child)
    }

    /// Closes the circuit of a supervisor and of all below it, and forgets the attempts.
    ///
    /// - Parameter child: Path of the supervisor; `nil` for the root, hence for all circuits.
    /// - Returns: Path of the supervisor.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func resetCircuit(_ child: String?) async throws(OperatorError) -> String {
        let query = child.map { "?child=\($0.percentEncoded)" } ?? ""
        let answer = try await send(.POST, "/v1/circuit/reset\(query)", within: actionTimeout)
        return try decode(CompletedAction.self, from: answer).child
    }

    /// Adds children beside those of the configuration; they stay until the gateway ends.
    ///
    /// - Parameter declaration: What to add, and where.
    /// - Returns: Paths of the new children.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func add(_ declaration: ChildDeclarationText) async throws(OperatorError) -> [String] {
        let body: Data
        do {
            body = try JSONEncoder().encode(declaration)
        } catch {
            throw OperatorError(code: .invalid, message: "the declaration cannot be sent: \(error)")
        }
        let answer = try await send(.POST, "/v1/children", body: ByteBuffer(bytes: body), within: actionTimeout)
        return try decode(AddedChildren.self, from: answer).children
    }

    /// Lets the gateway load its configuration again and apply what is different.
    ///
    /// - Parameter request: Whether and how long to wait for the children; kept to the second.
    /// - Returns: What was changed, and what came of it.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func reload(_ request: ReloadRequest) async throws(OperatorError) -> ReloadReport {
        let wait = request.timeout ?? .zero
        let path = "/v1/reload?wait=\(wait.components.seconds)"
        return try decode(ReloadReport.self, from: try await send(.POST, path, within: wait + actionTimeout))
    }

    /// The level of the gateway's log.
    ///
    /// - Returns: A snapshot.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func logLevel() async throws(OperatorError) -> LogLevelReport {
        try decode(LogLevelReport.self, from: try await send(.GET, "/v1/log-level"))
    }

    /// Sets the level of the gateway's log.
    ///
    /// - Parameter request: Which level, and for how long; kept to the second.
    /// - Returns: What counts now.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func setLogLevel(_ request: LogLevelRequest) async throws(OperatorError) -> LogLevelReport {
        let level = request.level.map { "?level=\($0.rawValue)" } ?? ""
        let time = request.duration.map { "&for=\($0.components.seconds)" } ?? ""
        return try decode(LogLevelReport.self, from: try await send(.PUT, "/v1/log-level\(level)\(time)"))
    }

    /// Starts a child that an operator stopped.
    ///
    /// - Parameter child: Path of the child.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func start(_ child: String) async throws(OperatorError) {
        try await perform(.start, child)
    }

    /// Stops a child until an operator starts it.
    ///
    /// - Parameter child: Path of the child.
    /// - Throws: ``OperatorError`` of the gateway, or one that says why it could not be reached.
    public func stop(_ child: String) async throws(OperatorError) {
        try await perform(.stop, child)
    }

    private func perform(_ action: ChildAction, _ child: String) async throws(OperatorError) {
        let path = "/v1/children/\(action.rawValue)?child=\(child.percentEncoded)"
        _ = try await send(.POST, path, within: actionTimeout)
    }

    private func send(
        _ method: HTTPMethod,
        _ path: String,
        body: ByteBuffer? = nil,
        within limit: Duration? = nil
    ) async throws(OperatorError) -> ByteBuffer {
        let limit = limit ?? timeout
        let answer: (status: HTTPResponseStatus, body: ByteBuffer)
        do {
            answer = try await exchange(method, path, body, within: limit)
        } catch {
            throw .unreachable(socket, runDirectory: runDirectory, error, timeout: limit)
        }
        guard answer.status == .ok else {
            throw try decode(ErrorAnswer.self, from: answer.body).operatorError
        }
        return answer.body
    }

    private func exchange(
        _ method: HTTPMethod,
        _ path: String,
        _ body: ByteBuffer?,
        within limit: Duration
    ) async throws -> (status: HTTPResponseStatus, body: ByteBuffer) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: TimeAmount(limit), read: TimeAmount(limit))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        var request = HTTPClientRequest(url: "http+unix://\(socket.path.percentEncoded)\(path)")
        request.method = method
        request.headers.add(name: "Connection", value: "close")
        if let body { request.body = .bytes(body) }
        return try await HTTPClient.withHTTPClient(configuration: configuration) { [request] client in
            let response = try await client.execute(request, timeout: TimeAmount(limit))
            return (response.status, try await response.body.collect(upTo: Self.answerLimit))
        }
    }

    private func decode<Answer: Decodable>(_ type: Answer.Type, from body: ByteBuffer) throws(OperatorError) -> Answer {
        do {
            return try JSONDecoder().decode(type, from: Data(body.readableBytesView))
        } catch {
            throw OperatorError(
                code: .badAnswer,
                message: "\(socket.path) gives an answer that this version does not understand; "
                    + "use the `gatewarden` of the version that runs"
            )
        }
    }
}

extension String {
    /// The string with every byte but the unreserved ones (RFC 3986, 2.3) percent-encoded.
    fileprivate var percentEncoded: String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += byte < 16 ? "%0" : "%"
                encoded += String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
