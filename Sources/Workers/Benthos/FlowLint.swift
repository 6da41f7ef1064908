public import ProcessControl
public import Supervision
public import SystemPackage
import YAML

/// Checks flows with the real program before anything of a changed configuration is applied.
///
/// What runs goes on meanwhile: a candidate has a file and a process of its own.
public struct FlowLint: Sendable {
    /// How long a check may take before it counts as failed.
    public static let timeout = Duration.seconds(30)

    private let check: FlowCheck
    private let directory: FilePath

    /// Creates a check.
    ///
    /// - Parameters:
    ///   - reactor: runs the programs.
    ///   - directory: the folder for the candidates; made with the first one, empty after each check.
    public init(reactor: ProcessReactor, directory: FilePath) {
        check = FlowCheck(run: ProgramRun(reactor: reactor))
        self.directory = directory
    }

    /// Checks the configuration of one flow, of one flow at most once at a time.
    ///
    /// Blocks for the time of writing a file.
    ///
    /// - Parameters:
    ///   - configuration: what the operator wants.
    ///   - path: the flow.
    /// - Returns: the revision under which its worker will run it.
    /// - Throws: ``FlowFindings`` when something is wrong; ``WorkerError`` when the check cannot be made or takes longer
    ///   than ``timeout``; `ProcessControlError` when the program cannot be started; `YAMLError` when the configuration
    ///   cannot be written down; `CancellationError`.
    public func check(_ configuration: BenthosConfiguration, of path: HierarchyPath) async throws -> FlowRevision {
        let plan = try FlowPlan(configuration)
        let file = ConfigurationFile(path: directory.appending(EscapedName("\(path)").text + ".yaml"))
        try file.write(plan.text)
        // What remains of a file that cannot be removed is replaced at the next check.
        defer { try? file.remove() }
        let findings = try await withThrowingTaskGroup(of: [FlowFinding].self) { group in
            group.addTask {
                try await check.findings(
                    in: file.path,
                    with: configuration.command.appending(
                        [], environment: [FlowPlan.portVariable: "\(plan.fixedPort ?? 0)"]),
                    recordedAs: "\(path)#candidate"
                )
            }
            group.addTask {
                try await Task.sleep(for: Self.timeout)
                throw WorkerError("its check did not end within \(Self.timeout.inWholeSeconds)")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
        guard findings.isEmpty else { throw FlowFindings(findings: Self.located(findings, in: plan.text)) }
        return plan.revision
    }

    /// Adds the settings on whose lines the findings are.
    private static func located(_ findings: [FlowFinding], in text: String) -> [FlowFinding] {
        // What was written from a value is read again; without it the findings have their lines still.
        let root = try? YAMLParser.parse(bytes: Array(text.utf8))
        return findings.map { finding in
            var finding = finding
            finding.setting = finding.line.flatMap { root?.setting(atLine: $0) }
            return finding
        }
    }
}
