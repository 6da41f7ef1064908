/// Writes validated values as YAML with the source of each as a comment.
package struct ConfigurationRenderer {
    private static let mask = "\"********\""

    /// What has been written so far.
    package private(set) var text = ""

    /// Makes a renderer that has written nothing.
    package init() {}

    /// Writes the fields of a mapping, in the order of the schema.
    package mutating func render(_ object: ConfigurationObject, _ schema: ObjectSchema) {
        render(object, schema, indent: "", first: "")
    }

    /// Writes fields; the first line begins with `first` instead of the indent.
    private mutating func render(
        _ object: ConfigurationObject,
        _ schema: ObjectSchema,
        indent: String,
        first: String
    ) {
        var prefix = first
        for field in schema.fields {
            guard let value = object[field.name] else { continue }
            render(value, field.type, field.secrecy, key: "\(prefix)\(field.name):", indent: indent)
            prefix = indent
        }
    }

    private mutating func render(
        _ value: ConfigurationValue,
        _ type: FieldType,
        _ secrecy: Field.Secrecy,
        key: String,
        indent: String
    ) {
        switch (value.content, type) {
        case (.object(let object), .object(let schema)) where !object.entries.isEmpty:
            text += "\(key)\n"
            render(object, schema, indent: indent + "  ", first: indent + "  ")
        case (.object(let object), .map(_, let element)) where !object.entries.isEmpty:
            text += "\(key)\n"
            for entry in object.entries {
                let hidden = secrecy.hides(entry: entry.name) ? .secret : secrecy
                render(entry.value, element, hidden, key: "\(indent)  \(entry.name):", indent: indent + "  ")
            }
        case (.object(let object), .free) where !object.entries.isEmpty,
            (.object(let object), .document) where !object.entries.isEmpty:
            renderFree(object, .free, secrecy, key: key, indent: indent)
        case (.object(let object), .template) where !object.entries.isEmpty:
            renderFree(object, .template, secrecy, key: key, indent: indent)
        case (.list(let elements), .free) where !elements.isEmpty,
            (.list(let elements), .template) where !elements.isEmpty:
            renderList(elements, type, secrecy, key: key, indent: indent)
        case (.list(let elements), .list(.object(let schema), _)) where !elements.isEmpty:
            text += "\(key)\n"
            for element in elements {
                guard let object = element.object else { continue }
                render(object, schema, indent: "\(indent)    ", first: "\(indent)  - ")
            }
        case (.list(let elements), .list(let element, _)) where !elements.isEmpty:
            renderList(elements, element, secrecy, key: key, indent: indent)
        default:
            let isHidden = secrecy == .secret || value.isSecret
            let scalar = isHidden ? Self.mask : Self.scalar(value.content, keepsExpressions: type.isTemplate)
            text += "\(key) \(scalar)  # \(value.source)\n"
        }
    }

    private mutating func renderList(
        _ elements: [ConfigurationValue],
        _ type: FieldType,
        _ secrecy: Field.Secrecy,
        key: String,
        indent: String
    ) {
        text += "\(key)\n"
        for value in elements { render(value, type, secrecy, key: "\(indent)  -", indent: indent + "  ") }
    }

    /// Writes the entries of a mapping whose keys the operator chose, all of the same type.
    private mutating func renderFree(
        _ object: ConfigurationObject,
        _ type: FieldType,
        _ secrecy: Field.Secrecy,
        key: String,
        indent: String
    ) {
        text += "\(key)\n"
        for entry in object.entries {
            let hidden = secrecy.hides(entry: entry.name) ? .secret : secrecy
            render(entry.value, type, hidden, key: "\(indent)  \(Self.key(entry.name)):", indent: indent + "  ")
        }
    }

    private static func scalar(_ content: ConfigurationValue.Content, keepsExpressions: Bool) -> String {
        switch content {
        case .string(let text):
            quoted(keepsExpressions ? text : text.replacing(Template.opening, with: Template.escapedOpening))
        case .plain(let text): text
        case .integer(let number): "\(number)"
        case .boolean(let truth): "\(truth)"
        case .duration(let duration): DurationText.format(duration)
        case .list: "[]"
        case .object: "{}"
        }
    }

    /// Writes a key that the operator chose.
    private static func key(_ name: String) -> String {
        NameRule.templateVariable.accepts(name) ? name : quoted(name)
    }

    /// Quotes a string so that any reader of YAML takes it for one.
    ///
    /// Source: YAML 1.2.2, section 5.7.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result += scalar.isPrintable ? String(scalar) : scalar.escaped
            }
        }
        return result + "\""
    }
}

extension Unicode.Scalar {
    /// True for what can stand in a comment or between quotes and be seen.
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: false
        default: true
        }
    }

    /// The escape with eight hexadecimal digits, which YAML has for every scalar.
    fileprivate var escaped: String {
        let digits = String(value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
