import EmbeddedFiles

/// The pages that the binary brings along.
public struct RunbookLibrary: Sendable {
    /// All pages in the order of their names.
    public let pages: [Runbook]

    /// The pages of this binary.
    public static let embedded = RunbookLibrary(EmbeddedFiles.runbooks)

    /// Takes files as pages.
    ///
    /// - Parameter files: Files in the order of their names; those that are no Markdown are left out.
    init(_ files: [EmbeddedFile]) {
        pages = files.compactMap(Runbook.init)
    }

    /// The page of an exact name, or nil.
    public subscript(name: String) -> Runbook? {
        pages.first { $0.name == name }
    }

    /// The page that somebody means who has typed a name: upper and lower case are the same.
    ///
    /// - Parameter name: What was typed.
    /// - Returns: The page.
    /// - Throws: ``OperatorError`` with `notFound` that suggests the closest name.
    public func find(_ name: String) throws(OperatorError) -> Runbook {
        let page = self[name] ?? pages.first { $0.name.lowercased() == name.lowercased() }
        guard let page else { throw OperatorError(code: .notFound, message: missing(name)) }
        return page
    }

    /// Says that there is no such page, and which one may be meant.
    func missing(_ name: String) -> String {
        let hint = pages.map(\.name).closest(to: String(name.prefix(Self.longestName)))
        return "no runbook \"\(name)\"" + (hint.map { ": did you mean \"\($0)\"?" } ?? "")
    }

    /// More of a name is not compared: a comparison costs the product of both lengths.
    private static let longestName = 64
}
