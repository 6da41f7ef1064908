/// What scalars without quotes mean to readers of different versions of YAML.
public enum YAMLPlainText {
    /// Words that some version of YAML reads as nothing, a truth value, a number, or an instruction.
    ///
    /// Source: YAML 1.2.2, section 10.3.2, and the type repository of YAML 1.1 (https://yaml.org/type/).
    private static let words: Set<String> = [
        "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", ".nan", "=", "<<",
    ]

    /// Tells whether every reader takes a text without quotes for a string.
    ///
    /// - Parameter text: The text of a scalar.
    /// - Returns: False where one might take it for a number, a moment, a truth value or nothing. Texts that begin like a
    ///   number are among those even where no version of YAML knows them as one.
    static func isString(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return !"0123456789+-.".utf8.contains(first) && !words.contains(text.lowercased())
    }

    /// Tells whether a text may be written without quotes for its reader to decide what it is.
    ///
    /// - Parameter text: The text of a scalar.
    /// - Returns: True for words and texts as numbers and moments are written, which break no line and end nothing.
    public static func mayStandPlain(_ text: String) -> Bool {
        if words.contains(text.lowercased()) { return !text.isEmpty }
        return !isString(text) && text.utf8.count <= 128 && text.last != ":"
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: "+-._:".utf8.contains(byte)
                }
            }
    }
}
