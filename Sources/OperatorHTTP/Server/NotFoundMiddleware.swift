import Hummingbird

/// Gives requests for which there is no route an answer that helps.
struct NotFoundMiddleware: RouterMiddleware {
    typealias Context = BasicRequestContext

    private let answer: @Sendable (Request) throws -> Response

    init(_ answer: @escaping @Sendable (Request) throws -> Response) {
        self.answer = answer
    }

    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return try answer(request)
        }
    }
}
