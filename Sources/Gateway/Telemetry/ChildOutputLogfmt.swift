/// Reads a line of logfmt: `level=info msg="it is up" path=root.input`.
///
/// Source of the quoting: Go's `strconv.Quote`, which the loggers of Go use.
struct ChildOutputLogfmt {
    private var rest: Substring.UTF8View

    /// The fields of a line in their order; nil where a part of it is no field.
    static func fields(of line: String) -> [ChildOutputMessage.Field]? {
        var reader = ChildOutputLogfmt(rest: line[...].utf8)
        var fields: [ChildOutputMessage.Field] = []
        while !reader.isAtEnd {
            guard let field = reader.field() else { return nil }
            fields.append(field)
        }
        return fields.isEmpty ? nil : fields
    }

    /// Passes the blanks between fields.
    private var isAtEnd: Bool {
        mutating get {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            return rest.isEmpty
        }
    }

    private mutating func field() -> ChildOutputMessage.Field? {
        let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: "\"") }
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "="), let value = value() else { return nil }
        return ChildOutputMessage.Field(name: String(Substring(name)), value: .text(value))
    }

    private mutating func value() -> String? {
        if rest.first == UInt8(ascii: "\"") {
            rest = rest.dropFirst()
            return quoted()
        }
        let value = rest.prefix { $0 != UInt8(ascii: " ") }
        rest = rest.dropFirst(value.count)
        return String(Substring(value))
    }

    /// Reads up to the closing quote; escapes that have no common character stay as they are.
    private mutating func quoted() -> String? {
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                return rest.first ?? UInt8(ascii: " ") == UInt8(ascii: " ")
                    ? String(decoding: text, as: UTF8.self) : nil
            case UInt8(ascii: "\\"):
                guard let mark = rest.popFirst() else { return nil }
                switch mark {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(mark)
                case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
                case UInt8(ascii: "r"): text.append(UInt8(ascii: "\r"))
                case UInt8(ascii: "t"): text.append(UInt8(ascii: "\t"))
                default: text += [byte, mark]
                }
            default: text.append(byte)
            }
        }
        return nil
    }
}
