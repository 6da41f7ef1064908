import ProcessControl
import SystemPackage
import Testing

@testable import Gateway

@Suite("Gateway: demo", .timeLimit(.minutes(2)))
struct DemoTests {
    @Test(
        "deploy/examples/demo.yaml comes up with a broker, two flows, a protocol converter and a process",
        .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set")
    )
    func comesUp() async throws {
        let directory = try TestDirectory()
        let path = "\(ProcessEnvironment.defaultPath):\(try #require(Binaries.standins))"
        let gateway = try await RunningGateway.start(
            executable: Binaries.gateway,
            arguments: ["run", "--config", Repository.root.appending("deploy/examples/demo.yaml").string]
                + RunningGateway.directories(directory.path),
            runDirectory: directory.path.appending("run"),
            environment: ["PATH": path]
        )
        let base = try await gateway.waitForAddress()
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "demo" }
        let metrics = try await fetch(base + "/metrics").body
        #expect(
            metrics.split(separator: "\n").filter { $0.hasPrefix("gatewarden_child_up{") && $0.hasSuffix(" 1") }.count
                == 5)
        // Every check that can call a person has a page that says what to do.
        let checks = metrics.split(separator: "\n")
            .filter { $0.hasPrefix("supervisor_infrastructure_check_failures_total{") }
            .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
        #expect(Set(checks) == Set(EscalationRunbook.names.keys))
        #expect(await gateway.stop() == .exited(code: 0))
    }
}
