import GatewayConfiguration
import Supervision
import Workers

/// Lets the real program check all flows of a changed configuration.
struct FlowChecks: Sendable {
    /// How many flows are checked at a time: each check is a process.
    static let width = 4
    /// How long all checks together may take.
    static let timeout = Duration.seconds(100)

    private enum Verdict: Sendable {
        case good(HierarchyPath, FlowRevision)
        case bad([ConfigurationProblem])
        case timeIsUp
    }

    let lint: FlowLint
    let loaded: LoadedConfiguration

    /// Checks flows.
    ///
    /// - Parameter flows: what they are to run.
    /// - Returns: the revisions under which their workers will run them.
    /// - Throws: ``ConfigurationRefusal`` with everything that is wrong.
    func run(
        _ flows: [(path: HierarchyPath, configuration: BenthosConfiguration)]
    ) async throws(ConfigurationRefusal) -> [HierarchyPath: FlowRevision] {
        guard !flows.isEmpty else { return [:] }
        let (revisions, problems) = await withTaskGroup(of: Verdict.self) { group in
            group.addTask { await Self.timer() }
            var waiting = flows[...]
            for flow in waiting.prefix(Self.width) { group.addTask { await check(flow.configuration, flow.path) } }
            waiting = waiting.dropFirst(Self.width)
            var revisions: [HierarchyPath: FlowRevision] = [:]
            var problems: [String] = []
            var remaining = flows.count
            while remaining > 0, let verdict = await group.next() {
                switch verdict {
                case .good(let path, let revision): revisions[path] = revision
                case .bad(let found): problems += found.map(\.description)
                case .timeIsUp:
                    problems.append("\(remaining) flows were not checked within \(Self.timeout.components.seconds) s")
                    remaining = 0
                    continue
                }
                remaining -= 1
                if let flow = waiting.popFirst() { group.addTask { await check(flow.configuration, flow.path) } }
            }
            group.cancelAll()
            return (revisions, problems)
        }
        guard problems.isEmpty else { throw ConfigurationRefusal(problems: problems.sorted()) }
        return revisions
    }

    private func check(_ configuration: BenthosConfiguration, _ path: HierarchyPath) async -> Verdict {
        do {
            return .good(path, try await lint.check(configuration, of: path))
        } catch let error as FlowFindings {
            return .bad(error.findings.map { loaded.problem($0, in: path) })
        } catch {
            return .bad([loaded.problem("it cannot be checked: \(error)", in: path)])
        }
    }

    private static func timer() async -> Verdict {
        // Cancelled where all checks have ended; nobody reads the verdict then.
        try? await Task.sleep(for: timeout)
        return .timeIsUp
    }
}
