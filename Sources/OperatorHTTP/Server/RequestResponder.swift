import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// What a server does with each connection and each request, whatever it serves.
struct RequestResponder: Sendable {
    /// The channel of the connection that is being served, for bodies that may be cut off.
    @TaskLocal static var channel: (any Channel)?
    /// The path that stands for all those without a route.
    private static let otherPath = "other"

    private let limits: ServerLimits
    private let gate: AccessGate?
    private let observer: any ServerObserver
    private let logger: Logger
    private let routes: any HTTPResponder<BasicRequestContext>
    private let paths: Set<String>

    private struct BodyTooLong: Error {}

    /// - Parameters:
    ///   - router: The routes.
    ///   - limits: What clients may take.
    ///   - gate: Says who may do what; nil lets everybody do everything.
    ///   - observer: Is told what clients do.
    ///   - logger: Takes what goes wrong.
    init(
        _ router: Router<BasicRequestContext>,
        limits: ServerLimits,
        gate: AccessGate? = nil,
        observer: any ServerObserver = UnobservedServer(),
        logger: Logger
    ) {
        self.limits = limits
        self.gate = gate
        self.observer = observer
        self.logger = logger
        routes = router.buildResponder()
        paths = Set(router.routes.map { "\($0.path)" })
        observer.serves(paths: paths.sorted(), other: Self.otherPath)
    }

    /// Puts the handlers for time limits and TLS below those for HTTP; called on the channel's event loop.
    func prepare(_ channel: any Channel) -> EventLoopFuture<Void> {
        observer.connectionOpened()
        channel.closeFuture.whenComplete { [observer] _ in observer.connectionClosed() }
        let timeout = ExchangeTimeoutHandler(timeout: limits.exchangeTimeout, onCutOff: observer.connectionRefused)
        do {
            try channel.pipeline.syncOperations.addHandler(timeout)
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        guard let gate else { return channel.eventLoop.makeSucceededVoidFuture() }
        return gate.access.current(on: channel.eventLoop).flatMapThrowing { access in
            guard let tls = access.tls else { return }
            let watch = HandshakeWatch { [observer, logger] error in
                observer.connectionRefused()
                logger.debug("TLS handshake failed", metadata: ["error": "\(error)"])
            }
            try channel.pipeline.syncOperations.addHandlers([tls.makeHandler(), watch])
        }
    }

    /// Answers a request; throws where the connection is to be closed.
    func respond(to request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        channel.triggerUserOutboundEvent(ExchangeEvent.answering, promise: nil)
        defer { channel.triggerUserOutboundEvent(ExchangeEvent.answered, promise: nil) }
        let context = BasicRequestContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        let answer = await answer(to: request, context)
        let path = context.endpointPath.flatMap { paths.contains($0) ? $0 : nil } ?? Self.otherPath
        observer.requestAnswered(path: path, status: answer.response.status.code)
        try await writer.write(response: answer.response.head, body: answer.response.body)
        // Ends the connection: what remains of the body is not waited for.
        if answer.endsConnection { throw BodyTooLong() }
    }

    private func answer(
        to request: Request,
        _ context: BasicRequestContext
    ) async -> (response: Response, endsConnection: Bool) {
        guard request.body(isAtMost: limits.bodyBytes) else {
            let text = "the body of a request may have \(limits.bodyBytes) bytes\n"
            return (.text(text, .contentTooLarge), true)
        }
        guard let gate else { return (await route(request, context), false) }
        let (decision, headers) = await gate.admit(authorization: request.headers[.authorization])
        var response =
            switch decision {
            case .admitted: await route(request, context)
            case .refused(let refusal): refusal.response
            }
        for header in headers { response.headers[header.name] = header.value }
        return (response, false)
    }

    private func route(_ request: Request, _ context: BasicRequestContext) async -> Response {
        do {
            return try await routes.respond(to: request, context: context)
        } catch {
            logger.error("Request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return .text("internal error: see the gateway's log\n", .internalServerError)
        }
    }
}

extension Request {
    /// Tells whether the head announces a body within the limit; one of unannounced length is not.
    fileprivate func body(isAtMost limit: Int) -> Bool {
        if headers[.transferEncoding] != nil { return false }
        guard let length = headers[.contentLength] else { return true }
        return Int(length).map { $0 <= limit } ?? false
    }
}
