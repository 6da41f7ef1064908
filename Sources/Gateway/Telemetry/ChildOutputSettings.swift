import Supervision

/// What is kept of the output of one child.
struct ChildOutputLimits: Equatable, Sendable {
    /// Lines a second that are kept in the long run; those beyond are dropped and counted.
    var linesPerSecond = 1000
    /// Lines that are kept at once after a silence.
    var burst = 5000
    /// How large one output file may grow.
    var fileBytes = 10 << 20
    /// How many output files a child may have, the current one included.
    var fileCount = 5
}

/// What is kept of the output of all children.
struct ChildOutputSettings: Equatable, Sendable {
    /// What is kept of a child's output unless something is said about it.
    var standard = ChildOutputLimits()
    /// What is kept of the output of certain children.
    var children: [HierarchyPath: ChildOutputLimits] = [:]
    /// The most bytes that the output files of all children may take together.
    var boxBytes = 512 << 20

    /// What is kept of the output of a child.
    func limits(of path: HierarchyPath) -> ChildOutputLimits {
        children[path] ?? standard
    }
}
