import Glibc
import JSONLogging
import OperatorHTTP
import ProcessControl
import Supervision
import SystemPackage
import Testing
import Workers

@testable import Gateway

@Suite("Telemetry")
struct TelemetryTests {
    private static let path = HierarchyPath(["box", "child"])
    private let telemetry: Telemetry

    init() throws {
        telemetry = try Telemetry(
            startedAt: .zero,
            log: LogWriter(descriptor: STDERR_FILENO),
            advice: EscalationAdvice(address: "127.0.0.1:9620", runDirectory: "/run/gatewarden"),
            now: { .start }
        )
    }

    private var text: String { String(decoding: telemetry.rendition(accept: nil).render(), as: UTF8.self) }

    /// Lets every kind of child be seen under one path.
    private func observeAll() {
        telemetry.flows.flowObserved(Self.path, BenthosObservation(), stallAfter: .seconds(30))
        telemetry.brokers.brokerObserved(Self.path, RedpandaObservation())
        telemetry.connections.connectionObserved(Self.path, ConnectionObservation(reach: .down("refused")))
    }

    @Test(
        "of a child is kept what its type has, until it goes",
        arguments: [
            (BenthosWorker.type, "gatewarden_flow_up"), (RedpandaWorker.type, "gatewarden_broker_ready"),
            (ConnectionWorker.type, "gatewarden_connection_up"), (ProcessWorker.type, nil),
        ])
    func types(_ type: WorkerType, _ family: String?) {
        let families = ["gatewarden_flow_up", "gatewarden_broker_ready", "gatewarden_connection_up"]
        let shown = { families.filter { text.contains($0 + #"{child="box/child"}"#) } }
        telemetry.open(Self.path, type)
        observeAll()
        #expect(shown() == [family].compactMap(\.self))
        telemetry.close(Self.path, type)
        observeAll()
        #expect(shown() == [])
    }

    @Test("a path that changes its type keeps what is opened for the new one")
    func changedType() {
        telemetry.open(Self.path, ConnectionWorker.type)
        telemetry.open(Self.path, BenthosWorker.type)
        telemetry.close(Self.path, ConnectionWorker.type)
        observeAll()
        #expect(text.contains(#"gatewarden_flow_up{child="box/child"} 0"#))
        #expect(!text.contains(#"gatewarden_connection_up{child="box/child"}"#))
    }

    @Test("promtool has nothing to say about what is seen of children", .timeLimit(.minutes(1)))
    func promtool() async throws {
        for (path, type) in [("a", BenthosWorker.type), ("b", RedpandaWorker.type), ("c", ConnectionWorker.type)] {
            telemetry.open(HierarchyPath(root: path), type)
        }
        let condition = FlowExamples.condition(waiting: .seconds(31), figures: try FlowExamples.figures())
        telemetry.flows.flowObserved(
            HierarchyPath(root: "a"), FlowExamples.running(condition), stallAfter: .seconds(60))
        telemetry.brokers.brokerObserved(HierarchyPath(root: "b"), RedpandaObservation())
        let up = ConnectionObservation(reach: .up(connectTime: .milliseconds(3)))
        telemetry.connections.connectionObserved(HierarchyPath(root: "c"), up)
        let directory = try TestDirectory()
        let file = try directory.write("metrics.txt", text)
        let check = try await Program.run("/bin/sh", ["-c", "promtool check metrics < \(file)"])
        #expect(check.status == .exited(code: 0))
        #expect(check.text(.stdout) + check.text(.stderr) == "")
    }
}
