import GatewayConfiguration
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
    let current: CurrentConfiguration
    /// Why the store works from memory only, or nil while it does not.
    let storeTrouble: @Sendable () -> String?
    let declarations: WorkerDeclarations
    let reloads: ConfigurationReload
    /// What no answer shows: reasons quote what programs and endpoints say.
    let secrets: SecretRegistry
    let logLevels: RuntimeLogLevel
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
        if root.desired == .stopped { return stopped(root) }
        let store = storeTrouble().map { [HealthReport.Reason(path: "store", reason: $0)] } ?? []
        let circuits = openCircuits(root)
        let reasons = store + circuits + unready(root)
        if !store.isEmpty || !circuits.isEmpty { return HealthReport(status: .degraded, reasons: reasons) }
        if root.state == "starting" { return HealthReport(status: .starting, reasons: reasons) }
        return HealthReport(status: reasons.isEmpty ? .ready : .degraded, reasons: reasons)
    }

    func logs(of child: String, lines: Int) async throws(OperatorError) -> [ChildLogLine] {
        let path = try await find(child).path
        guard let account = ledger.account(path) else {
            throw OperatorError(
                code: .invalid, message: "\(path) runs no process of its own; ask for one of its children")
        }
        return account.output.last(lines).map(ChildLogLine.init)
    }

    func restart(_ child: String) async throws(OperatorError) {
        try await perform(.restart, on: child)
    }

    func resetCircuit(_ child: String?) async throws(OperatorError) -> String {
        let node = try await find(child)
        guard node.circuit != nil else {
            let parent = node.path.parent.map { "; the circuit that concerns it is that of \($0)" } ?? ""
            throw OperatorError(code: .invalid, message: "\(node.path) has no children and so no circuit\(parent)")
        }
        try await perform(.resetCircuit, on: node.path)
        return node.path.description
    }

    func add(_ declaration: ChildDeclarationText) async throws(OperatorError) -> [String] {
        let parent = try await find(declaration.parent)
        let paths = try await declarations.addWorkerFromYAML(declaration, to: parent).map(\.description)
        logger.notice(
            "Operator command",
            metadata: [
                "command": "add", "hierarchy_path": "\(parent.path)",
                "children": .array(paths.map { .string($0) }),
            ])
        return paths
    }

    func start(_ child: String) async throws(OperatorError) {
        try await perform(.start, on: child)
    }

    func stop(_ child: String) async throws(OperatorError) {
        try await perform(.stop, on: child)
    }

    func effectiveConfiguration() async -> String {
        current.loaded.rendered()
    }

    func reload(_ request: ReloadRequest) async throws(OperatorError) -> ReloadReport {
        logger.notice("Operator command", metadata: ["command": "reload"])
        return try await reloads.reload(request)
    }

    private func perform(_ command: OperatorCommand, on child: String) async throws(OperatorError) {
        try await perform(command, on: try await find(child).path)
    }

    private func perform(_ command: OperatorCommand, on path: HierarchyPath) async throws(OperatorError) {
        logger.notice("Operator command", metadata: ["command": "\(command.rawValue)", "hierarchy_path": "\(path)"])
        do throws(SupervisionError) {
            try await tree.perform(command, on: path)
        } catch {
            throw OperatorError(code: .conflict, message: error.message)
        }
    }

    /// Finds a node by its full path, by its path below the root, or by its name where only one node has it; nil stands
    /// for the root.
    private func find(_ child: String?) async throws(OperatorError) -> NodeReport {
        guard let root = await tree.report() else {
            throw OperatorError(code: .unavailable, message: "the gateway is still starting; try again in a moment")
        }
        guard let child else { return root }
        let known = nodes(root)
        for path in [child, "\(root.path)/\(child)"] {
            if let node = known.first(where: { $0.path.description == path }) { return node }
        }
        let named = known.filter { $0.path.name == child }
        switch named.count {
        case 1: return named[0]
        case 0:
            // The root's short path would be the closest to most names that are wrong.
            throw OperatorError.unknownChild(child, among: known.dropFirst().map(\.path.description))
        default:
            let candidates = named.map(\.path.description).joined(separator: ", ")
            throw OperatorError(code: .invalid, message: "\(child) could be any of \(candidates); give the path")
        }
    }

    private func nodes(_ node: NodeReport) -> [NodeReport] {
        [node] + node.children.flatMap(nodes)
    }

    /// The health of a gateway whose root should not run: an operator's stop has a reason, a shutdown has none.
    private func stopped(_ root: NodeReport) -> HealthReport {
        guard let reason = root.reason else { return HealthReport(status: .stopping) }
        let reasons = [HealthReport.Reason(path: root.path.description, reason: secrets.redactor.redact(reason))]
        return HealthReport(status: .degraded, reasons: reasons)
    }

    /// The supervisors whose circuits are open, the outermost first.
    private func openCircuits(_ node: NodeReport) -> [HealthReport.Reason] {
        let own = node.circuit.flatMap { CircuitStatus($0).summary }
        return [own].compactMap(\.self).map { HealthReport.Reason(path: node.path.description, reason: $0) }
            + node.children.flatMap(openCircuits)
    }

    /// The nodes that should be ready and are not; the leaves speak for their parents.
    private func unready(_ node: NodeReport) -> [HealthReport.Reason] {
        let below = node.children.flatMap(unready)
        guard below.isEmpty, node.desired == .running, !node.isReady else { return below }
        let reason = secrets.redactor.redact(node.reason ?? node.state)
        return [HealthReport.Reason(path: node.path.description, reason: reason)]
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
            reason: node.reason.map(secrets.redactor.redact),
            circuit: node.circuit.map(CircuitStatus.init),
            children: node.children.map(makeNode)
        )
    }
}

extension CircuitStatus {
    fileprivate init(_ report: CircuitReport) {
        self.init(
            open: report.isOpen,
            attempts: report.attempts,
            maxAttempts: report.maxAttempts,
            recoveryStatus: report.status.rawValue,
            nextRetryIn: report.isOpen ? report.nextRetryIn : nil,
            failingCheck: report.failure?.check,
            blamedChild: report.failure?.child
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
