/// Under which name and with which arguments a program was started.
public enum CommandName {
    /// The arguments behind the program's name, and behind the words of `rpk` that lead to it.
    ///
    /// - Parameters:
    ///   - arguments: all arguments, the program's path first
    ///   - rpkWords: the words behind `rpk`, for example `["connect"]`
    /// - Returns: what the program itself sees
    public static func own(_ arguments: [String], rpkWords: [String]) -> [String] {
        let name = arguments.first?.split(separator: "/").last ?? ""
        let rest = Array(arguments.dropFirst())
        return name == "rpk" && rest.starts(with: rpkWords) ? Array(rest.dropFirst(rpkWords.count)) : rest
    }
}
