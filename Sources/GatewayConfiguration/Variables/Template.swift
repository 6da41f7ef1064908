/// A text with expressions: `http://{{ IP }}:{{ global.port }}/`.
///
/// An expression is the name of a variable between `{{` and `}}`, with or without spaces, and nothing else: there are
/// no conditions and no functions. `{{ "{{" }}` stands for the text `{{` itself. A `}}` outside of an expression is
/// plain text, because JSON in an argument often ends with it. What a variable holds is never read as a template again.
package struct Template: Sendable, Equatable {
    /// What a template is made of.
    package enum Part: Sendable, Equatable {
        /// Text that stays as it is.
        case text(String)
        /// A variable whose value takes this place.
        case expression(VariablePath)
    }

    /// Begins an expression.
    static let opening = "{{"
    /// Stands for the beginning of an expression as text.
    static let escapedOpening = "{{ \"{{\" }}"

    /// The parts, in order; texts next to each other are one part.
    package private(set) var parts: [Part] = []

    /// Reads a template.
    ///
    /// - Parameter text: Any text.
    /// - Throws: `TemplateRejection.problem` for an expression that is empty, not closed, or no name.
    package init(_ text: String) throws(TemplateRejection) {
        var rest = text[...]
        while let start = rest.firstPair(of: UInt8(ascii: "{")) {
            append(rest[..<start.lowerBound])
            let inner = rest[start.upperBound...]
            guard let end = inner.firstPair(of: UInt8(ascii: "}")) else { throw Self.unclosed }
            try append(expression: inner[..<end.lowerBound])
            rest = inner[end.upperBound...]
        }
        append(rest)
    }

    /// Tells whether a text holds an expression, or begins to.
    static func isOpened(in text: String) -> Bool { text[...].firstPair(of: UInt8(ascii: "{")) != nil }

    /// The variables that the template needs, in order, each as often as it is named.
    package var variables: [VariablePath] {
        parts.compactMap { part in
            switch part {
            case .text: nil
            case .expression(let path): path
            }
        }
    }

    /// The expressions for a message; of many only the first.
    var summary: String {
        let shown = 3
        let texts = variables.prefix(shown).map { "{{ \($0.description.shortened()) }}" }
        return texts.joined(separator: ", ") + (variables.count > shown ? ", ..." : "")
    }

    /// Puts values in the place of the expressions.
    ///
    /// A template that is one expression and nothing else becomes the value with its type; every other becomes text.
    ///
    /// - Parameters:
    ///   - values: The value of each of `variables`, in their order.
    ///   - budget: What rendering may cost.
    /// - Returns: The value.
    /// - Throws: `TemplateRejection` for a list or a mapping within text, or a budget that is used up.
    package func filled(
        with values: [VariableValue],
        budget: inout TemplateBudget
    ) throws(TemplateRejection) -> VariableValue {
        if parts.count == 1, case .expression = parts[0], let value = values.first {
            try budget.take(value.cost)
            return value
        }
        var remaining = values[...]
        var texts: [String] = []
        for part in parts {
            switch part {
            case .text(let text): texts.append(text)
            case .expression(let path):
                guard let value = remaining.popFirst() else { continue }
                guard let text = value.text else {
                    let allowed = "only a text, a number or a boolean can stand within other text"
                    throw .problem("\(path.description.quoted()) is \(value.kind); \(allowed)")
                }
                texts.append(text)
            }
        }
        // Before the text is made, so that a text over the limit never is.
        try budget.take(texts.reduce(0) { $0 + $1.utf8.count })
        return VariableValue(.string(texts.joined()), isSecret: values.contains(where: \.isSecret))
    }

    private static let unclosed = TemplateRejection.problem(
        "\"{{\" is not closed with \"}}\"; write {{ NAME }}, or \(escapedOpening) for the text itself"
    )

    private mutating func append(_ text: Substring) {
        guard !text.isEmpty else { return }
        if case .text(let before) = parts.last {
            parts[parts.count - 1] = .text(before + text)
        } else {
            parts.append(.text(String(text)))
        }
    }

    private mutating func append(expression: Substring) throws(TemplateRejection) {
        let text = expression.withoutBlanks
        if text == "\"{{\"" { return append(Self.opening[...]) }
        guard !text.isEmpty else {
            throw .problem("an expression is empty; write {{ NAME }}, or \(Self.escapedOpening) for the text itself")
        }
        guard !Self.isOpened(in: text) else { throw Self.unclosed }
        guard let path = VariablePath(text) else {
            let rule = NameRule.templateVariable.description
            let allowed = "allowed: names joined by dots, each \(rule)"
            throw .problem("\(text.quoted()) is not the name of a variable; \(allowed)")
        }
        parts.append(.expression(path))
    }
}

extension Substring {
    /// Finds the first place where an ASCII character stands twice.
    fileprivate func firstPair(of character: UInt8) -> Range<Index>? {
        var start = utf8.firstIndex(of: character)
        while let first = start {
            let second = utf8.index(after: first)
            guard second < endIndex else { return nil }
            if utf8[second] == character { return first..<utf8.index(after: second) }
            start = utf8[second...].firstIndex(of: character)
        }
        return nil
    }

    /// The text without spaces and tabs at its ends.
    fileprivate var withoutBlanks: String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard let first = utf8.firstIndex(where: { !isBlank($0) }), let last = utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(self[first...last])
    }
}
