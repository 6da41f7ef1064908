import FoundationEssentials
import Hummingbird
import Logging
import NIOCore

/// The requests of the control socket, version 1.
struct ControlRoutes: Sendable {
    /// Lines that `logs` returns when the request does not say: a screenful and some.
    static let defaultLogLines = 100
    /// Lines that are kept for each child, hence the most that `logs` can return.
    static let mostLogLines = 1000
    /// Bytes of a declaration that are read: as many as of a configuration file, and their JSON escapes.
    private static let declarationLimit = 8 * 1024 * 1024

    private static let index = """
        GET /v1/status, GET /v1/config, GET /v1/logs?child=PATH&lines=N, \
        POST /v1/children, POST /v1/children/{restart,start,stop}?child=PATH, POST /v1/circuit/reset[?child=PATH], \
        POST /v1/reload[?wait=SECONDS], GET /v1/log-level, PUT /v1/log-level[?level=LEVEL[&for=SECONDS]]
        """

    let gateway: any GatewayOperator

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(
            middleware: NotFoundMiddleware { request in
                let message = "\(request.method) \(request.uri.path) does not exist; there are: \(Self.index)"
                return try Self.answer(OperatorError(code: .notFound, message: message))
            }
        )
        router.get("/v1/status") { _, _ in try Response.json(await gateway.status()) }
        router.get("/v1/config") { _, _ in
            try Response.json(RenderedConfiguration(configuration: await gateway.effectiveConfiguration()))
        }
        router.get("/v1/logs") { request, _ in
            try await Self.answering { () async throws(OperatorError) in try await logs(request) }
        }
        for action in ChildAction.allCases {
            router.post("/v1/children/\(action.rawValue)") { request, _ in
                try await Self.answering { () async throws(OperatorError) in try await perform(action, request) }
            }
        }
        router.post("/v1/children") { request, _ in
            let body = try await request.body.collect(upTo: Self.declarationLimit)
            return try await Self.answering { () async throws(OperatorError) in try await add(body) }
        }
        router.post("/v1/circuit/reset") { request, _ in
            try await Self.answering { () async throws(OperatorError) in try await resetCircuit(request) }
        }
        router.get("/v1/log-level") { _, _ in try Response.json(await gateway.logLevel()) }
        router.put("/v1/log-level") { request, _ in
            try await Self.answering { () async throws(OperatorError) in
                await gateway.setLogLevel(try Self.logLevelRequest(request))
            }
        }
        router.post("/v1/reload") { request, _ in
            try await Self.answering { () async throws(OperatorError) in
                try await gateway.reload(try Self.reloadRequest(request))
            }
        }
        return router
    }

    private func logs(_ request: Request) async throws(OperatorError) -> ChildLog {
        let child = try child(of: request)
        var lines = Self.defaultLogLines
        if let given = request.uri.queryParameters["lines"] {
            guard let number = Int(given), (1...Self.mostLogLines).contains(number) else {
                let message = "lines=\(given) is not possible; give a number from 1 to \(Self.mostLogLines)"
                throw OperatorError(code: .invalid, message: message)
            }
            lines = number
        }
        return ChildLog(child: child, lines: try await gateway.logs(of: child, lines: lines))
    }

    private func perform(_ action: ChildAction, _ request: Request) async throws(OperatorError) -> CompletedAction {
        let child = try child(of: request)
        switch action {
        case .restart: try await gateway.restart(child)
        case .start: try await gateway.start(child)
        case .stop: try await gateway.stop(child)
        }
        return CompletedAction(child: child, action: action.rawValue)
    }

    private func resetCircuit(_ request: Request) async throws(OperatorError) -> CompletedAction {
        let given = request.uri.queryParameters["child"].map(String.init)
        return CompletedAction(child: try await gateway.resetCircuit(given), action: "circuit_reset")
    }

    /// `wait` is the time to wait in whole seconds, 0 for none at all.
    private static func reloadRequest(_ request: Request) throws(OperatorError) -> ReloadRequest {
        guard let given = request.uri.queryParameters["wait"] else { return ReloadRequest() }
        let most = ReloadRequest.longestTimeout.components.seconds
        guard let seconds = Int64(given), (0...most).contains(seconds) else {
            let message = "wait=\(given) is not possible; give whole seconds from 0 to \(most)"
            throw OperatorError(code: .invalid, message: message)
        }
        return ReloadRequest(timeout: seconds == 0 ? nil : .seconds(seconds))
    }

    /// Without `level` the configured one; `for` is the time in whole seconds.
    private static func logLevelRequest(_ request: Request) throws(OperatorError) -> LogLevelRequest {
        let query = request.uri.queryParameters
        guard let name = query["level"] else { return LogLevelRequest(level: nil) }
        guard let level = Logger.Level(rawValue: String(name)) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw OperatorError(code: .invalid, message: "level=\(name) is not possible; give one of \(names)")
        }
        guard let given = query["for"] else { return LogLevelRequest(level: level) }
        let most = LogLevelRequest.longestDuration.components.seconds
        guard let seconds = Int64(given), (1...most).contains(seconds) else {
            let message = "for=\(given) is not possible; give whole seconds from 1 to \(most)"
            throw OperatorError(code: .invalid, message: message)
        }
        return LogLevelRequest(level: level, duration: .seconds(seconds))
    }

    private func add(_ body: ByteBuffer) async throws(OperatorError) -> AddedChildren {
        let declaration: ChildDeclarationText
        do {
            declaration = try JSONDecoder().decode(ChildDeclarationText.self, from: Data(body.readableBytesView))
        } catch {
            throw OperatorError(
                code: .invalid,
                message: "the body must be a JSON object with yaml, name, folder and, if wanted, parent: \(error)"
            )
        }
        return AddedChildren(children: try await gateway.add(declaration))
    }

    private func child(of request: Request) throws(OperatorError) -> String {
        guard let child = request.uri.queryParameters["child"], !child.isEmpty else {
            throw OperatorError(code: .invalid, message: "which child? add ?child=PATH, percent-encoded")
        }
        return String(child)
    }

    private static func answering(_ value: () async throws(OperatorError) -> some Encodable) async throws -> Response {
        do {
            return try Response.json(try await value())
        } catch let error as OperatorError {
            return try answer(error)
        }
    }

    private static func answer(_ error: OperatorError) throws -> Response {
        try Response.json(ErrorAnswer(error), status(for: error.code))
    }

    private static func status(for code: OperatorError.Code) -> HTTPResponse.Status {
        switch code {
        case .unknownChild, .notFound: .notFound
        case .conflict: .conflict
        case .invalid: .badRequest
        case .unavailable, .notRunning, .permissionDenied, .timedOut, .badAnswer, .cannotListen: .serviceUnavailable
        }
    }
}
