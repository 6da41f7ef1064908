import Logging
import OperatorHTTP
import Synchronization

/// A gateway with two children that remembers what it was told to do.
final class FakeGateway: GatewayOperator {
    static let children = ["/line-1/broker", "/line-1/flow \u{e4}&1"]

    private let report: @Sendable () async -> HealthReport
    private let refusal: OperatorError?
    private let record = Mutex<[String]>([])

    /// What operators told the gateway to do, in order.
    var actions: [String] { record.withLock { $0 } }

    init(
        refusal: OperatorError? = nil,
        health: @escaping @Sendable () async -> HealthReport = { HealthReport(status: .ready) }
    ) {
        report = health
        self.refusal = refusal
    }

    func status() async -> GatewayStatus {
        GatewayStatus(
            version: "1.2.3",
            pid: 42,
            uptime: .milliseconds(61_500),
            state: "running",
            controlPlane: .fsmv2,
            root: NodeStatus(
                identity: .init(path: "/", name: "root", type: "application"),
                state: "running",
                desired: "running",
                ready: true,
                circuit: CircuitStatus(
                    open: true,
                    attempts: 2,
                    maxAttempts: 5,
                    recoveryStatus: "retrying",
                    nextRetryIn: .milliseconds(1250),
                    failingCheck: "broker",
                    blamedChild: "/line-1/broker"
                ),
                children: [
                    NodeStatus(
                        identity: .init(path: "/line-1/broker", name: "broker", type: "redpanda"),
                        state: "stopped",
                        desired: "running",
                        ready: false
                    )
                ]
            )
        )
    }

    func health() async -> HealthReport { await report() }

    func logs(of child: String, lines: Int) async throws(OperatorError) -> [ChildLogLine] {
        try check(child)
        return (0..<min(lines, 250)).map { number in
            ChildLogLine(
                timestamp: "2026-01-02T03:04:05.678Z",
                stream: number.isMultiple(of: 2) ? .stdout : .stderr,
                text: "line \(number) of \(child)",
                truncated: false
            )
        }
    }

    func restart(_ child: String) async throws(OperatorError) { try act("restart", child) }
    func start(_ child: String) async throws(OperatorError) { try act("start", child) }
    func stop(_ child: String) async throws(OperatorError) { try act("stop", child) }

    func resetCircuit(_ child: String?) async throws(OperatorError) -> String {
        guard let child else {
            record.withLock { $0.append("reset all") }
            return "/"
        }
        try act("reset", child)
        return child
    }

    func add(_ declaration: ChildDeclarationText) async throws(OperatorError) -> [String] {
        if let refusal { throw refusal }
        record.withLock { $0.append("add \(declaration)") }
        return ["\(declaration.parent ?? "")/added"]
    }

    static let reload = ReloadReport(
        children: [
            .init(path: "/line-1/broker", change: .changed, outcome: .ready),
            .init(path: "/line-1/flow", change: .changed, outcome: .rolledBack, reason: "not ready within 2 s"),
        ],
        restartNeeded: ["web.listen"],
        duration: .milliseconds(1234)
    )

    func reload(_ request: ReloadRequest) async throws(OperatorError) -> ReloadReport {
        if let refusal { throw refusal }
        record.withLock { $0.append("reload \(request.timeout.map { "\($0)" } ?? "without waiting")") }
        return Self.reload
    }

    func logLevel() async -> LogLevelReport {
        LogLevelReport(level: .debug, configured: .info, remaining: .seconds(30))
    }

    func setLogLevel(_ request: LogLevelRequest) async -> LogLevelReport {
        record.withLock {
            $0.append("log-level \(request.level?.rawValue ?? "configured") \(request.duration ?? .zero)")
        }
        return LogLevelReport(level: request.level ?? .info, configured: .info, remaining: request.duration)
    }

    func effectiveConfiguration() async -> String { "web:\n  listen: \"127.0.0.1:0\"\n" }

    private func act(_ action: String, _ child: String) throws(OperatorError) {
        try check(child)
        record.withLock { $0.append("\(action) \(child)") }
    }

    private func check(_ child: String) throws(OperatorError) {
        if let refusal { throw refusal }
        guard Self.children.contains(child) else { throw .unknownChild(child, among: Self.children) }
    }
}
