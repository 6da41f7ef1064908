import ProcessControl
import SystemPackage
import Testing

@Suite("Examples", .timeLimit(.minutes(1)))
struct ExampleTests {
    @Test(
        "every example is a good configuration",
        .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set"),
        arguments: ["demo.yaml", "site.yaml"]
    )
    func validates(_ name: String) async throws {
        let path = "\(ProcessEnvironment.defaultPath):\(try #require(Binaries.standins))"
        let result = try await Program.run(
            Binaries.gateway,
            ["config", "validate", "--config", Repository.root.appending("deploy/examples/\(name)").string],
            environment: ["PATH": path]
        )
        #expect(result.status == .exited(code: 0), "\(result.text(.stderr))")
    }
}
