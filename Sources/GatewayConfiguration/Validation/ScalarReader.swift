import MetricSelection

/// Why a scalar is not accepted.
struct ScalarRejection: Error {
    /// What is wrong and what is allowed.
    let message: String
}

/// Turns the text of a scalar into a value of its declared type.
struct ScalarReader {
    let type: FieldType
    /// True where messages must not repeat the value.
    let isSecret: Bool

    /// Reads a scalar.
    ///
    /// - Throws: What is wrong and what is allowed.
    func read(_ node: RawNode) throws(ScalarRejection) -> ConfigurationValue.Content {
        guard case .scalar(let text, let style) = node.content, !node.isNull else {
            throw ScalarRejection(message: "expected \(expectation), found \(node.kind)")
        }
        guard !text.utf8.contains(0) else {
            throw ScalarRejection(message: "the value contains a NUL byte; remove it")
        }
        if isTyped, style == .quoted {
            throw ScalarRejection(message: "expected \(expectation), found a string; \(unquoting(node))")
        }
        if isString, style == .plain, node.kind != "a string" {
            throw ScalarRejection(message: "expected \(expectation), found \(node.kind); \(quoting(node))")
        }
        guard let content = content(text) else {
            let fault = isOutOfRange(text) ? "is out of range" : "is not \(expectation)\(detail(text))"
            throw ScalarRejection(message: "\(shown(text)) \(fault); allowed: \(allowed)")
        }
        return content
    }

    /// How a string becomes a value of another type.
    private func unquoting(_ node: RawNode) -> String {
        node.origin == nil ? "remove the quotes" : "write one expression alone, and its variable without quotes"
    }

    /// How a value of another type becomes a string.
    private func quoting(_ node: RawNode) -> String {
        node.origin == nil ? "put it in quotes" : "put the variable's value in quotes"
    }

    private func shown(_ text: String) -> String { isSecret ? "the value" : text.quoted() }

    /// True where quotes would make another type of the value.
    private var isTyped: Bool {
        switch type {
        case .integer, .decimal, .boolean: true
        case .string, .text, .scalar, .byteCount, .duration, .choice, .endpoint, .httpURL, .metricSelector, .path,
            .umask, .list, .map,
            .free, .document, .template, .object:
            false
        }
    }

    /// True where a number or a boolean is another type.
    private var isString: Bool {
        switch type {
        case .string, .path: true
        case .text, .scalar, .integer, .decimal, .byteCount, .boolean, .duration, .choice, .endpoint, .httpURL,
            .metricSelector, .umask,
            .list, .map, .free, .document, .template, .object:
            false
        }
    }

    private func content(_ text: String) -> ConfigurationValue.Content? {
        switch type {
        case .string(let rule): rule.map { $0.accepts(text) } ?? true ? .string(text) : nil
        case .text: .string(text)
        case .path: text.isEmpty ? nil : .string(text)
        case .integer(let range): integer(text).flatMap { range.contains($0) ? .integer($0) : nil }
        case .decimal(let range): decimal(text).flatMap { range.contains($0) ? .plain(text) : nil }
        case .byteCount(let range): ByteCount(text).flatMap { range.contains($0) ? $0.content : nil }
        case .boolean: ["true": .boolean(true), "false": .boolean(false)][text]
        case .duration(let range): DurationText.parse(text).flatMap { range.contains($0) ? .duration($0) : nil }
        case .choice(_, let words): words.contains(text) ? .string(text) : nil
        case .endpoint(let ports): Endpoint(text).flatMap { ports.contains($0.port) ? .string($0.description) : nil }
        case .httpURL: HTTPAddress.isValid(text) ? .string(text) : nil
        case .metricSelector: (try? MetricSelector(text))?.content
        case .umask: FileModeMask(text)?.content
        case .scalar, .list, .map, .free, .document, .template, .object: nil
        }
    }

    /// True where the text is of the right type, but not within the declared bounds.
    private func isOutOfRange(_ text: String) -> Bool {
        switch type {
        case .integer: integer(text) != nil
        case .decimal: decimal(text) != nil
        case .byteCount: ByteCount(text) != nil
        case .duration: DurationText.parse(text) != nil
        case .endpoint: Endpoint(text) != nil
        case .string, .text, .scalar, .boolean, .choice, .httpURL, .metricSelector, .path, .umask, .list, .map, .free,
            .document,
            .template, .object:
            false
        }
    }

    /// Reads decimal digits; a leading zero would mean octal to some readers of YAML.
    private func integer(_ text: String) -> Int? {
        let digits = text.first == "-" ? text.dropFirst() : text[...]
        guard digits.first != "+", digits == "0" || digits.first != "0" else { return nil }
        return Int(text)
    }

    /// Reads decimal digits with at most one point between them and a minus sign before them; an exponent or a word would
    /// be read differently elsewhere.
    private func decimal(_ text: String) -> Double? {
        let digits = text.first == "-" ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ part in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return Double(text)
    }

    /// The place of the mistake, for types whose values are a language of their own.
    private func detail(_ text: String) -> String {
        guard case .metricSelector = type else { return "" }
        do throws(MetricSelectorError) {
            _ = try MetricSelector(text)
            return ""
        } catch {
            return ", \(error)"
        }
    }

    private var expectation: String {
        switch type {
        case .string(nil), .text: "a string"
        case .string: "a valid name"
        case .path: "a path"
        case .scalar: "a single value"
        case .integer: "a whole number"
        case .decimal: "a number"
        case .byteCount: "a number of bytes"
        case .boolean: "a boolean"
        case .duration: "a duration"
        case .choice(let noun, _): "a \(noun)"
        case .endpoint: "an address"
        case .httpURL: "an HTTP address"
        case .metricSelector: "a metric selector"
        case .umask: "a umask"
        case .list: "a list"
        case .map, .document, .template, .object: "a mapping"
        case .free: "a value"
        }
    }

    private var allowed: String {
        switch type {
        case .string(let rule): rule?.description ?? "any text"
        case .text: "any text"
        case .path: "a path, absolute or relative to the folder of the configuration file"
        case .integer(let range):
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        case .decimal(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .byteCount(let range):
            "\(range.lowerBound) to \(range.upperBound), written like 64K, 512M, 2G or 2GiB, in powers of 1024"
        case .boolean: "true, false"
        case .duration(let range):
            "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound)), "
                + "written like 500ms, 15s, 2m, 1h or 1m30s"
        case .choice(_, let words): words.joined(separator: ", ")
        case .endpoint(let ports):
            "HOST:PORT with a port from \(ports.lowerBound) to \(ports.upperBound), an IPv6 host in brackets"
        case .httpURL: "http://HOST[:PORT][/PATH] or https://..."
        case .metricSelector: "NAME or NAME{LABEL=\"VALUE\",LABEL!=\"VALUE\"}"
        case .umask: "octal digits from 0000 to 0777"
        case .scalar, .list, .map, .free, .document, .template, .object: expectation
        }
    }
}
