/// The runbooks as they are served: an index and pages, each as HTML and as text.
///
/// All addresses in the pages are relative, so that they are right behind a proxy as well.
struct RunbookPages: Sendable {
    /// How a page is wanted.
    enum Form {
        case html
        case text

        /// Chooses by the header `Accept`.
        ///
        /// Every browser names `text/html`; whoever names `text/plain` and not that wants text.
        init(accept: String?) {
            let types = (accept ?? "").lowercased()
            self = types.contains("text/plain") && !types.contains("text/html") ? .text : .html
        }
    }

    let library: RunbookLibrary

    /// The list of all pages.
    func index(_ form: Form) -> String {
        switch form {
        case .html: frame("Runbooks", "<h1>Runbooks</h1>\n" + list)
        case .text: names
        }
    }

    /// A page.
    func page(_ runbook: Runbook, _ form: Form) -> String {
        switch form {
        case .html:
            frame(
                runbook.name,
                """
                <nav><a href="./">All runbooks</a></nav>
                <article>
                \(RunbookMarkdown(runbook.text).html)</article>
                <footer>
                <p>On the box: <code>gatewarden runbook \(runbook.name)</code>.
                <a href="\(runbook.name).txt">As text</a></p>
                </footer>

                """
            )
        case .text: runbook.text
        }
    }

    /// What is said of a page that does not exist: the names of those that do.
    func missing(_ name: String, _ form: Form) -> String {
        let message = library.missing(name)
        return switch form {
        case .html: frame("Not found", "<h1>Not found</h1>\n<p>\(RunbookMarkdown.escaped(message))</p>\n" + list)
        case .text: "\(message)\n\n\(names)"
        }
    }

    private var names: String { library.pages.map { "\($0.name)\n" }.joined() }

    private var list: String {
        let items = library.pages.map { page in
            "<li><a href=\"\(page.name)\">\(page.name)</a> <p>\(RunbookMarkdown.inline(page.summary))</p></li>\n"
        }
        return "<ul class=\"index\">\n\(items.joined())</ul>\n"
    }

    private func frame(_ title: String, _ content: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) - Gatewarden</title>
        <link rel="stylesheet" href="style.css">
        </head>
        <body>
        <main>
        \(content)</main>
        </body>
        </html>

        """
    }
}
