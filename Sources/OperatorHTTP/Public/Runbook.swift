import EmbeddedFiles

/// A page that says what to do about an alert or an escalation.
public struct Runbook: Sendable {
    /// The name: that of the alert.
    public let name: String

    private let file: EmbeddedFile

    /// Takes a file as a page; nil for one that is no Markdown.
    init?(_ file: EmbeddedFile) {
        guard file.name.hasSuffix(Self.suffix) else { return nil }
        name = String(file.name.dropLast(Self.suffix.count))
        self.file = file
    }

    /// The page in Markdown; a copy is made each time.
    public var text: String { file.text }

    /// The first sentence of the page's first section: what the page is about.
    public var summary: String {
        let section = text.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { !$0.hasPrefix("## ") }
            .dropFirst()
            .drop { $0.isEmpty }
        let paragraph = section.prefix { !$0.isEmpty }.joined(separator: " ")
        guard let end = paragraph.firstRange(of: ". ") else { return paragraph }
        return String(paragraph[..<end.lowerBound]) + "."
    }

    /// How the names of files end that are pages; links from one page to another end so, too.
    static let suffix = ".md"
}
