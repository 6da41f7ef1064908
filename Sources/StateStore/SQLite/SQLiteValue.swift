/// A value that is bound to a parameter of a statement.
enum SQLiteValue {
    /// A 64-bit integer.
    case integer(Int64)
    /// Text in UTF-8; the bytes are passed on as they are.
    case text([UInt8])

    /// Text from a string.
    static func text(_ string: String) -> SQLiteValue {
        .text(Array(string.utf8))
    }
}
