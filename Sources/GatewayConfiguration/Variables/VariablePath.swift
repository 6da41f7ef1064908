/// The name of a variable, or of something inside one: `PORT`, `connection.host`, `global.apiURL`.
package struct VariablePath: Sendable, Hashable, CustomStringConvertible {
    /// The names, from the outermost; never empty.
    package let names: [String]

    /// Reads names joined by dots; nil where one of them is no name.
    package init?(_ text: String) {
        let names = text.split(separator: Character("."), omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy(NameRule.templateVariable.accepts) else { return nil }
        self.names = names
    }

    /// The names joined by dots.
    package var description: String { names.joined(separator: ".") }

    /// True where one of the names says that the value must not be shown.
    var isSecret: Bool { names.contains(where: Field.Secrecy.secretNames.hides) }
}
