/// A value of a field of a JSON log line.
enum LogField: Decodable, Equatable, Sendable {
    case text(String)
    case number(Double)
    case boolean(Bool)
    case list([String])
    case fields([String: LogField])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // A value of another kind is tried as the next one; what is none of them fails as fields.
        if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([String].self) {
            self = .list(value)
        } else {
            self = .fields(try container.decode([String: LogField].self))
        }
    }
}

extension LogField: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
}
