import EmbeddedFiles
import ProcessControl
import Testing

@Suite("gatewarden runbook", .timeLimit(.minutes(1)))
struct RunbookCommandTests {
    @Test("it lists and prints the pages without a gateway")
    func pages() async throws {
        let list = try await Program.run(Binaries.gateway, ["runbook"])
        #expect(list.status == .exited(code: 0))
        #expect(list.output.map { "\($0.text).md" } == EmbeddedFiles.runbooks.map(\.name))
        let page = try await Program.run(Binaries.gateway, ["runbook", "gatewardendown"])
        #expect(page.status == .exited(code: 0))
        let file = try #require(EmbeddedFiles.runbooks.first { $0.name == "GatewardenDown.md" })
        #expect(page.text(.stdout) + "\n" == file.text)
    }

    @Test("a wrong name gets the closest one, and exit code 1")
    func wrongName() async throws {
        let result = try await Program.run(Binaries.gateway, ["runbook", "GatewardenDwn"])
        #expect(result.status == .exited(code: 1))
        #expect(
            result.text(.stderr) == "gatewarden: no runbook \"GatewardenDwn\": did you mean \"GatewardenDown\"?")
    }
}
