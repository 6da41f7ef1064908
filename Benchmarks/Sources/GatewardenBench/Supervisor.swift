/// A supervisor that is measured.
protocol Supervisor {
    /// Its name in the table.
    var name: String { get }

    /// How many restarts are measured in one run.
    var restartSamples: Int { get }

    /// Writes its configuration for a number of children named `c001` and so on.
    ///
    /// - Parameters:
    ///   - count: how many children.
    ///   - workspace: where to write.
    /// - Returns: the command that starts it.
    /// - Throws: when a file cannot be written.
    func prepare(_ count: Int, in workspace: Workspace) throws -> [String]
}

extension Supervisor {
    /// The names of the children.
    func childNames(_ count: Int) -> [String] {
        (1...count).map { "c\(String(1000 + $0).dropFirst())" }
    }
}
