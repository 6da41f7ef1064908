/// Turns the Markdown that runbooks are written in into HTML.
///
/// Headings, paragraphs, fenced code, nested lists; in the text code and links. Everything else is text, and all text is
/// escaped, so that no page can bring in markup of its own. Whole CommonMark needs a library that is larger than all pages.
struct RunbookMarkdown {
    /// The pages as HTML, without a frame.
    let html: String

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        html = RunbookBlock.parse(lines[...]).map(Self.html).joined()
    }

    private static func html(_ block: RunbookBlock) -> String {
        switch block {
        case .heading(let level, let text): "<h\(level)>\(inline(text))</h\(level)>\n"
        case .paragraph(let text): "<p>\(inline(text))</p>\n"
        case .code(let lines): "<pre><code>\(lines.map { escaped($0) + "\n" }.joined())</code></pre>\n"
        case .list(let isOrdered, let items): list(isOrdered ? "ol" : "ul", items)
        }
    }

    private static func list(_ element: String, _ items: [[RunbookBlock]]) -> String {
        let content = items.map { blocks in
            // The text of an item stands in it as it is; what follows are blocks.
            guard case .paragraph(let text)? = blocks.first else { return "<li>\(blocks.map(html).joined())</li>\n" }
            return "<li>\(inline(text))\n\(blocks.dropFirst().map(html).joined())</li>\n"
        }
        return "<\(element)>\n\(content.joined())</\(element)>\n"
    }

    /// The text of a block: code between backquotes, links, and the rest as it is.
    static func inline(_ text: String) -> String {
        var (html, rest) = ("", text[...])
        while let character = rest.first {
            if character == "`", let end = rest.dropFirst().firstIndex(of: "`") {
                html += "<code>\(escaped(rest[rest.index(after: rest.startIndex)..<end]))</code>"
                rest = rest[rest.index(after: end)...]
            } else if character == "[", let link = RunbookLink(rest) {
                html += "<a href=\"\(escaped(link.address))\">\(inline(String(link.text)))</a>"
                rest = link.rest
            } else {
                html += escaped(rest.prefix(1))
                rest = rest.dropFirst()
            }
        }
        return html
    }

    /// Text in which no character has a meaning for HTML, in elements as in attributes.
    static func escaped(_ text: some StringProtocol) -> String {
        var html = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(character)
            }
        }
        return html
    }
}

/// A link at the beginning of a text: `[text](address)`.
private struct RunbookLink {
    let text: Substring
    let address: String
    let rest: Substring

    init?(_ source: Substring) {
        guard let middle = source.firstRange(of: "]("),
            let end = source[middle.upperBound...].firstIndex(of: ")")
        else { return nil }
        let target = source[middle.upperBound..<end]
        guard let address = Self.address(target) else { return nil }
        text = source[source.index(after: source.startIndex)..<middle.lowerBound]
        self.address = address
        rest = source[source.index(after: end)...]
    }

    /// Another page, or something on the web; nothing else, a script least of all.
    private static func address(_ target: Substring) -> String? {
        if target.hasPrefix("https://") || target.hasPrefix("http://") { return String(target) }
        guard target.hasSuffix(Runbook.suffix) else { return nil }
        let name = target.dropLast(Runbook.suffix.count)
        return !name.isEmpty && name.allSatisfy { $0.isASCII && $0.isLetter } ? String(name) : nil
    }
}
