/// A part of a runbook that stands by itself.
enum RunbookBlock: Equatable {
    /// A heading of a level from 1 to 6.
    case heading(Int, String)
    /// Text.
    case paragraph(String)
    /// Lines to be shown as they are.
    case code([String])
    /// A list, whose items consist of blocks themselves.
    case list(isOrdered: Bool, [[RunbookBlock]])

    /// Finds the blocks of a text.
    ///
    /// - Parameter lines: The text; what belongs to an item of a list is indented as far as the item's own text.
    /// - Returns: The blocks in their order.
    static func parse(_ lines: ArraySlice<Substring>) -> [RunbookBlock] {
        var (blocks, rest) = ([RunbookBlock](), lines)
        while let line = rest.first {
            if isBlank(line) {
                rest = rest.dropFirst()
            } else if isFence(line) {
                blocks.append(takeCode(&rest))
            } else if let heading = heading(line) {
                blocks.append(heading)
                rest = rest.dropFirst()
            } else if let marker = RunbookListMarker(line) {
                blocks.append(takeList(&rest, marker))
            } else {
                blocks.append(takeParagraph(&rest))
            }
        }
        return blocks
    }

    /// Takes the lines up to the closing fence, or all where there is none.
    private static func takeCode(_ rest: inout ArraySlice<Substring>) -> RunbookBlock {
        let code = rest.dropFirst().prefix { !isFence($0) }
        rest = rest[code.endIndex...].dropFirst()
        return .code(code.map(String.init))
    }

    private static func takeParagraph(_ rest: inout ArraySlice<Substring>) -> RunbookBlock {
        // The first line belongs to it whatever it looks like: nobody else wanted it.
        let more = rest.dropFirst().prefix {
            !isBlank($0) && !isFence($0) && heading($0) == nil && RunbookListMarker($0) == nil
        }
        let lines = rest[rest.startIndex..<more.endIndex]
        rest = rest[more.endIndex...]
        return .paragraph(lines.map { String($0.drop { $0 == " " }) }.joined(separator: "\n"))
    }

    private static func takeList(_ rest: inout ArraySlice<Substring>, _ first: RunbookListMarker) -> RunbookBlock {
        var items: [[RunbookBlock]] = []
        while let line = rest.first, let marker = RunbookListMarker(line), marker.isOrdered == first.isOrdered {
            let more = rest.dropFirst().prefix { isBlank($0) || indentation($0) >= marker.width }
            let lines = [line.dropFirst(marker.width)] + more.map { $0.dropFirst(marker.width) }
            items.append(parse(lines[...]))
            rest = rest[more.endIndex...]
        }
        return .list(isOrdered: first.isOrdered, items)
    }

    private static func heading(_ line: Substring) -> RunbookBlock? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
        return .heading(level, String(line.dropFirst(level + 1)))
    }

    private static func isFence(_ line: Substring) -> Bool { line.hasPrefix("```") }

    private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy { $0 == " " } }

    private static func indentation(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
}

/// What begins an item of a list: `- `, or a number with a point.
private struct RunbookListMarker {
    let isOrdered: Bool
    /// The characters before the item's text.
    let width: Int

    init?(_ line: Substring) {
        let digits = line.prefix { $0.isASCII && $0.isNumber }.count
        isOrdered = digits > 0
        guard line.dropFirst(digits).hasPrefix(isOrdered ? ". " : "- ") else { return nil }
        width = digits + 2
    }
}
