/// Everything that is wrong with the configuration, ordered by place: files as they are read, environment, flags.
public struct ConfigurationProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// How many problems are kept; a file that is no configuration at all would fill the memory otherwise.
    public static let maximumCount = 1000

    /// The problems, never empty.
    public let problems: [ConfigurationProblem]
    /// How many further problems were found and not kept.
    public let omittedCount: Int

    /// Makes a report of problems that show only after loading, such as a port in use.
    ///
    /// - Parameters:
    ///   - first: The first problem.
    ///   - others: The others.
    public init(_ first: ConfigurationProblem, _ others: some Sequence<ConfigurationProblem> = []) {
        self.init(problems: [first] + others, omittedCount: 0)
    }

    init(problems: [ConfigurationProblem], omittedCount: Int) {
        self.problems = problems
        self.omittedCount = omittedCount
    }

    /// One problem per line.
    public var description: String {
        let omission = omittedCount > 0 ? ["... and \(omittedCount) more problems"] : []
        return (problems.map(\.description) + omission).joined(separator: "\n")
    }
}

/// Problems while they are being found.
struct ProblemList {
    private(set) var problems: [ConfigurationProblem] = []
    private var omittedCount = 0

    var isEmpty: Bool { problems.isEmpty }
    /// True where further problems are only counted, so that looking for suggestions is in vain.
    var isFull: Bool { problems.count >= ConfigurationProblems.maximumCount }

    /// Adds a problem, or only counts it where the list is full.
    mutating func report(_ source: ConfigurationSource, _ path: String, _ message: String) {
        guard !isFull else {
            omittedCount += 1
            return
        }
        problems.append(ConfigurationProblem(source: source, path: path, message: message))
    }

    /// Orders the problems by place.
    ///
    /// - Parameter files: The files in the order in which they were read.
    /// - Returns: The report.
    func sorted(files: [String]) -> ConfigurationProblems {
        var ranks: [String: Int] = [:]
        for (rank, file) in files.enumerated() { ranks[file] = rank }
        let keyed = problems.enumerated().map { index, problem in
            (key: Self.key(problem.source, ranks: ranks, index: index), problem: problem)
        }
        let ordered = keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.problem)
        return ConfigurationProblems(problems: ordered, omittedCount: omittedCount)
    }

    /// Ranks a place; problems of one place keep the order in which they were found.
    private static func key(_ source: ConfigurationSource, ranks: [String: Int], index: Int) -> [Int] {
        switch source {
        case .file(let file, let line, let column): [0, ranks[file] ?? ranks.count, line, column, index]
        case .environment: [1, index]
        case .flag: [2, index]
        case .standard: [3, index]
        }
    }
}
