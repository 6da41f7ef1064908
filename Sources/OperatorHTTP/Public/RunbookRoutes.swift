import Hummingbird

/// Serves the runbooks.
struct RunbookRoutes: Sendable {
    private let pages: RunbookPages

    init(_ library: RunbookLibrary) {
        pages = RunbookPages(library: library)
    }

    /// Adds the index, the pages and their style sheet.
    func add(to router: Router<BasicRequestContext>) {
        router.get("/runbooks") { request, _ -> Response in
            // The addresses in the index are relative to a folder.
            guard request.uri.path.hasSuffix("/") else { return .redirect(to: "runbooks/", type: .permanent) }
            let form = RunbookPages.Form(accept: request.headers[.accept])
            return Self.response(pages.index(form), form)
        }
        router.get("/runbooks/style.css") { _, _ in
            Response.bytes(ByteBuffer(string: RunbookStyle.text), contentType: "text/css; charset=utf-8")
        }
        router.get("/runbooks/:name") { request, context in
            page(context.parameters.get("name") ?? "", accept: request.headers[.accept])
        }
    }

    private func page(_ name: String, accept: String?) -> Response {
        var (name, form) = (name, RunbookPages.Form(accept: accept))
        if name.hasSuffix(Self.textSuffix) {
            (name, form) = (String(name.dropLast(Self.textSuffix.count)), .text)
        }
        guard let runbook = pages.library[name] else {
            return Self.response(pages.missing(name, form), form, .notFound)
        }
        return Self.response(pages.page(runbook, form), form)
    }

    private static func response(
        _ content: String,
        _ form: RunbookPages.Form,
        _ status: HTTPResponse.Status = .ok
    ) -> Response {
        var response: Response
        switch form {
        case .text:
            response = .text(content, status)
        case .html:
            response = .bytes(ByteBuffer(string: content), contentType: "text/html; charset=utf-8", status)
            // No script, no frame, nothing from elsewhere: a page of this server has no use for any of it.
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        }
        response.headers[.vary] = "Accept"
        return response
    }

    private static let textSuffix = ".txt"
}
