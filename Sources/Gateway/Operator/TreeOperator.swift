import JSONLogging
import Logging
import OperatorHTTP
import ProcessControl
import Supervision

/// Answers operators from the running tree, and passes on what they ask for.
struct TreeOperator: GatewayOperator {
    let tree: SupervisionTree<MonotonicClock>
    let ledger: ChildLedger
    let clock: MonotonicClock
    let pid: Int32
    let configuration: @Sendable () -> String
    let logger: Logger

    func status() async -> GatewayStatus {
        let root = await tree.report()
        return GatewayStatus(
            version: GatewayVersion.current,
            pid: pid,
            uptime: clock.now.sinceStart,
            state: root?.state ?? "starting",
            controlPlane: .fsmv2,
            root: root.map(makeNode)
                ?? NodeStatus(
                    identity: NodeStatus.Identity(path: "", name: "", type: ""),
                    state: "starting",
                    desired: DesiredState.running.rawValue,
                    ready: false
                )
        )
    }

    func health() async -> HealthReport {
        guard let root = await tree.report() else { return HealthReport(status: .starting) }
        if root.desired == .stopped { return HealthReport(status: .stopping) }
        let reasons = unready(root)
        if root.state == "starting" { return HealthReport(status: .starting, reasons: reasons) }
        return HealthReport(status: reasons.isEmpty ? .ready : .degraded, reasons: reasons)
    }

    func logs(of child: String, lines: Int) async throws(OperatorError) -> [ChildLogLine] {
        let path = try await find(child)
        guard let account = ledger.account(path) else {
            throw OperatorError(
                code: .invalid, message: "\(path) runs no process of its own; ask for one of its children")
        }
        return account.output.last(lines).map(ChildLogLine.init)
    }

    func restart(_ child: String) async throws(OperatorError) {
        try await perform(.restart, on: child)
    }

    func start(_ child: String) async throws(OperatorError) {
        try await perform(.start, on: child)
    }

    func stop(_ child: String) async throws(OperatorError) {
        try await perform(.stop, on: child)
    }

    func effectiveConfiguration() async -> String {
        configuration()
    }

    private func perform(_ command: OperatorCommand, on child: String) async throws(OperatorError) {
        let path = try await find(child)
        logger.notice("Operator command", metadata: ["command": "\(command)", "hierarchy_path": "\(path)"])
        do throws(SupervisionError) {
            try await tree.perform(command, on: path)
        } catch {
            throw OperatorError(code: .conflict, message: error.message)
        }
    }

    /// Finds a child by its full path, by its path below the root, or by its name where only one child has it.
    private func find(_ child: String) async throws(OperatorError) -> HierarchyPath {
        guard let root = await tree.report() else {
            throw OperatorError(code: .unavailable, message: "the gateway is still starting; try again in a moment")
        }
        let known = paths(root).dropFirst()
        let exact = known.filter { $0.description == child || $0.description == "\(root.path)/\(child)" }
        if let path = exact.first { return path }
        let named = known.filter { $0.name == child }
        switch named.count {
        case 1: return named[named.startIndex]
        case 0: throw OperatorError.unknownChild(child, among: known.map(\.description))
        default:
            let candidates = named.map(\.description).joined(separator: ", ")
            throw OperatorError(code: .invalid, message: "\(child) could be any of \(candidates); give the path")
        }
    }

    private func paths(_ node: NodeReport) -> [HierarchyPath] {
        [node.path] + node.children.flatMap(paths)
    }

    /// The nodes that should be ready and are not; the leaves speak for their parents.
    private func unready(_ node: NodeReport) -> [HealthReport.Reason] {
        let below = node.children.flatMap(unready)
        guard below.isEmpty, node.desired == .running, !node.isReady else { return below }
        return [HealthReport.Reason(path: node.path.description, reason: node.reason ?? node.state)]
    }

    private func makeNode(_ node: NodeReport) -> NodeStatus {
        let account = ledger.account(node.path)
        let current = account?.current
        return NodeStatus(
            identity: NodeStatus.Identity(
                path: node.path.description, name: node.path.name, type: node.type.description),
            state: node.state,
            desired: node.desired.rawValue,
            ready: node.isReady,
            pid: current?.child.pid,
            uptime: current.map { $0.child.startedAt.duration(to: .now) },
            restarts: account?.restartCount ?? 0,
            reason: node.reason,
            circuit: nil,
            children: node.children.map(makeNode)
        )
    }
}

extension ChildLogLine {
    fileprivate init(_ entry: OutputRing.Entry) {
        let stream: Stream =
            switch entry.line.stream {
            case .stdout: .stdout
            case .stderr: .stderr
            }
        self.init(
            timestamp: WallTime(sinceEpoch: entry.time).description,
            stream: stream,
            text: entry.line.text,
            truncated: entry.line.isTruncated
        )
    }
}
