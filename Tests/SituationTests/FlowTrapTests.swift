import Glibc
import ProcessControl
import StandinsTesting
import Testing

@testable import Workers

/// The traps of a real benthos, and how its worker gets out of them.
@Suite(
    "Flows: traps", .enabled(if: Program.flow.isThere, "no benthos, redpanda-connect or rpk on PATH"),
    .timeLimit(.minutes(5)))
struct FlowTrapTests {
    private let folder = TemporaryFolder()

    /// A flow whose first start waits until the test writes into a pipe: meanwhile somebody else can take its port.
    private func gatedScene() throws -> FlowScene {
        try #require(mkfifo(gate, 0o600) == 0)
        var scene = FlowScene()
        let script = #"if [ "$2" = run ] && mkdir "$0.used" 2>&-; then read -r _ < "$0"; fi; exec "$@""#
        scene.wrapper = ["sh", "-c", script, gate]
        return scene
    }

    private var gate: String { folder.path + "/gate" }

    private func openGate() throws {
        // Opened for both directions it does not wait for a reader.
        let descriptor = open(gate, O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        #expect(write(descriptor, "\n", 1) == 1)
        // Who has not come to the gate yet finds none.
        #expect(unlink(gate) == 0)
    }

    @Test(
        "a flow that goes on without its HTTP server, because the port is taken, gets another port",
        .disabled(if: Program.flow.words != [], "needs a program without words before run"))
    func portInUse() async throws {
        try await Box.run(try gatedScene().child(), in: folder) { box in
            let waiting = try await box.flow { $0.process.isRunning && $0.port != nil }
            let port = try #require(waiting.port)
            let squatter = try await Peer(port)
            try openGate()
            let held = try await box.flow { $0.portHolder != nil }
            #expect(!held.isReady)
            let seen = try await box.flow { $0.isReady }
            #expect(seen.port != port)
            try await box.child(becomes: "active")
            await squatter.close()
        }
    }

    @Test(
        "who answers on the flow's port and is another process is not taken for the flow",
        .disabled(if: Program.flow.words != [], "needs a program without words before run"))
    func staleInstance() async throws {
        try await Box.run(try gatedScene().child(), in: folder) { box in
            let waiting = try await box.flow { $0.process.isRunning && $0.port != nil }
            let port = try #require(waiting.port)
            let file = folder.write(
                "stale.yaml",
                "http: {address: '127.0.0.1:\(port)'}\ninput: {\(FlowScene.ticking)}\noutput: {drop: {}}\n")
            let stale = try RunningProgram(.flow, ["run", file], in: folder)
            let held = try await box.flow { $0.portHolder != nil }
            #expect(held.portHolder?.contains("\(stale.pid)") == true, "\(held.portHolder ?? "")")
            #expect(!held.isReady)
            let seen = try await box.flow { $0.isReady }
            #expect(seen.port != port)
            await stale.kill()
        }
    }

    @Test("a finite input: the flow is completed, and not started again")
    func finite() async throws {
        var scene = FlowScene()
        scene.input = "generate: {interval: 10ms, count: 5, mapping: 'root = {\"n\": counter()}'}"
        try await Box.run(try scene.child(), root: .checked) { box in
            #expect(try await box.ends("flow") == .exited(code: 0))
            let reason = try await box.child(becomes: "completed")
            #expect(reason == "ended with exit code 0")
            let seen = try await box.flow { _ in true }
            #expect(!seen.process.isRunning)
        }
    }

    @Test("a bad duration passes the check and ends the run: the last good configuration is put back")
    func badDuration() async throws {
        var scene = FlowScene()
        try await Box.run(try scene.child()) { box in
            let good = try await box.flow { $0.isReady && $0.lastGood != nil }.lastGood
            scene.input = FlowScene.ticking.replacing("20ms", with: "20qq")
            await box.update(try scene.child())
            #expect(try await box.ends("flow") == .exited(code: 0), "the good one is asked to end")
            #expect(try await box.ends("flow") == .exited(code: 1))
            let refusal: FlowRefusal = try await box.first { event in
                if case .rolledBack("flow", let refusal) = event { refusal } else { nil }
            }
            #expect(refusal.stage == .trial)
            let seen = try await box.flow { $0.isReady }
            #expect(seen.lastGood == good)
            #expect(seen.refused?.revision == refusal.revision)
            try await box.child(becomes: "active")
        }
    }

    @Test("what the check finds never stops what runs")
    func lintError() async throws {
        var scene = FlowScene()
        try await Box.run(try scene.child()) { box in
            let pid = try await box.starts("flow")
            try await box.child(becomes: "active")
            scene.output = "nonsense: {}"
            await box.update(try scene.child())
            try await eventually {
                let reason = await box.reason(of: "flow") ?? ""
                return reason.contains("refused: ") && reason.contains("nonsense")
            }
            let seen = try await box.flow { _ in true }
            #expect(seen.process.phase == .running(pid: pid))
        }
    }

    @Test("a path that cannot be written to passes the check and is retried for ever: ready, and degraded")
    func unwritablePath() async throws {
        let scene = FlowScene("file: {path: /proc/nowhere/out.jsonl, codec: lines}")
        try await Box.run(try scene.child()) { box in
            let reason = try await box.child(becomes: "degraded")
            #expect(reason?.hasPrefix("writing has failed for ") == true, "\(reason ?? "")")
            let seen = try await box.flow { $0.condition?.failing != nil }
            #expect(seen.isReady)
            #expect(seen.sent == 0)
        }
    }

    @Test("a flow that drains for longer than others get to stop is not killed before its own time is over")
    func longDrain() async throws {
        var scene = FlowScene(FlowScene.socket(PortLease().number))
        (scene.shutdown, scene.shutdownTime) = ("21s", .seconds(21))
        try await Box.run(try scene.child()) { box in
            try await box.flow { $0.condition != nil }
            try await box.stop("flow")
            #expect(try await box.ends("flow") == .exited(code: 0))
        }
    }

    @Test("a flow that does not end in its own time is killed")
    func endlessDrain() async throws {
        var scene = FlowScene(FlowScene.socket(PortLease().number))
        (scene.shutdown, scene.shutdownTime) = ("1h", .seconds(1))
        try await Box.run(try scene.child()) { box in
            try await box.flow { $0.condition != nil }
            try await box.stop("flow")
            #expect(try await box.ends("flow") == .signaled(.kill, coreDumped: false))
        }
    }

    @Test("a changed configuration is started anew, and no signal but SIGTERM ends the old one")
    func changed() async throws {
        var scene = FlowScene()
        try await Box.run(try scene.child()) { box in
            let before = try await box.flow { $0.isReady && $0.lastGood != nil }.lastGood
            scene.mapping = "root = this # changed"
            await box.update(try scene.child())
            // SIGHUP would end it by the signal, SIGQUIT with exit code 2.
            #expect(try await box.ends("flow") == .exited(code: 0))
            let seen = try await box.flow { $0.lastGood != before }
            #expect(seen.refused == nil)
        }
    }
}
