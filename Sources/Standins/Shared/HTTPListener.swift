import HTTPTypes
import Hummingbird
import Logging
public import NIOCore

/// What a client asked over HTTP.
public struct HTTPQuestion: Sendable {
    /// `GET`, `PUT`, ...
    public let method: String
    /// The path without its query.
    public let path: String
    /// The body as text; empty where there is none.
    public let body: String
}

/// What the program answers over HTTP.
public struct HTTPReply: Sendable, Equatable {
    /// The status code.
    public let status: Int
    /// The value of `Content-Type`.
    public let contentType: String
    /// Further header fields.
    public let fields: [String: String]
    /// The body.
    public let body: String

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - body: its text
    ///   - contentType: by default what Go guesses for text
    ///   - status: the status code
    ///   - fields: further header fields
    public init(
        _ body: String,
        contentType: String = "text/plain; charset=utf-8",
        status: Int = 200,
        fields: [String: String] = [:]
    ) {
        self.status = status
        self.contentType = contentType
        self.fields = fields
        self.body = body
    }

    /// An answer in JSON.
    ///
    /// - Parameters:
    ///   - body: JSON text
    ///   - status: the status code
    /// - Returns: the answer with the media type of JSON
    public static func json(_ body: String, status: Int = 200) -> HTTPReply {
        HTTPReply(body, contentType: "application/json", status: status)
    }
}

/// One HTTP/1.1 listener whose answers come from a function.
public struct HTTPListener: Sendable {
    /// Answers one question; called from many tasks at once.
    public typealias Handler = @Sendable (HTTPQuestion) async -> HTTPReply

    private static let largestBody = 1 << 20
    private let address: HostPort
    private let group: any EventLoopGroup
    private let handler: Handler

    /// Makes a listener that is not listening yet.
    ///
    /// - Parameters:
    ///   - address: where to listen
    ///   - group: the event loops to use
    ///   - handler: answers the questions
    public init(at address: HostPort, on group: any EventLoopGroup, answering handler: @escaping Handler) {
        self.address = address
        self.group = group
        self.handler = handler
    }

    /// Listens and answers until the task is cancelled.
    ///
    /// - Parameter whenListening: called once the port is bound
    /// - Throws: a `StandinError` where the port cannot be bound, in the words of Go
    public func run(whenListening: @escaping @Sendable () -> Void = {}) async throws(StandinError) {
        let handler = handler
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let body = try await request.body.collect(upTo: Self.largestBody)
            let question = HTTPQuestion(
                method: request.method.rawValue,
                path: request.uri.path,
                body: String(buffer: body)
            )
            return Self.response(await handler(question))
        }
        let application = Application(
            responder: responder,
            configuration: .init(address: .hostname(address.effectiveHost, port: address.port)),
            onServerRunning: { _ in whenListening() },
            eventLoopGroupProvider: .shared(group),
            logger: Logger(label: "http", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        do {
            try await application.run()
        } catch let failure as IOError {
            let reason = GoText.errno(failure.errnoCode)
            throw StandinError("listen tcp \(address): bind: \(reason)", errno: failure.errnoCode)
        } catch {
            throw StandinError("listen tcp \(address): \(error)")
        }
    }

    private static func response(_ reply: HTTPReply) -> Response {
        var fields = HTTPFields()
        fields[.contentType] = reply.contentType
        for (name, value) in reply.fields {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return Response(
            status: .init(code: reply.status),
            headers: fields,
            body: .init(byteBuffer: ByteBuffer(string: reply.body))
        )
    }
}
