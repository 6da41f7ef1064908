import EmbeddedFiles
import ProcessControl
import SystemPackage
import Testing

@testable import Gateway

@Suite("Gateway: runbooks", .timeLimit(.minutes(2)))
struct RunbookServingTests {
    private static let plant = """
        agent: {name: box}
        processes:
          - {name: reader, command: [sleep, "1000000"]}
        """

    /// The pages that lines of the log lead to.
    static let logged =
        [
            EscalationAdvice.runbook, FlowTelemetry.refusedRunbook, StoreTelemetry.corruptRunbook,
            StoreTelemetry.degradedRunbook, ReloadLog.runbook,
        ] + EscalationRunbook.names.values

    @Test("curl finds every page that an alert or a line of the log can lead to")
    func addresses() async throws {
        let directory = try TestDirectory()
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        let base = try await gateway.waitForAddress()
        let alerts = EmbeddedFiles.alerts.flatMap { file in
            file.text.split(separator: "runbook_url: ").dropFirst().map { String($0.prefix { $0 != "\n" }) }
        }
        let addresses =
            alerts.compactMap { $0.split(separator: "/").last }.map { "\(base)/runbooks/\($0)" }
            + Self.logged.map { "\(base)/runbooks/\($0)" }
        #expect(alerts.count > 30)
        let curl = try await Program.run(
            "/usr/bin/curl",
            ["--silent", "--write-out", "%{http_code} %{url_effective}\n"]
                + addresses.flatMap { ["--output", "/dev/null", $0] }
        )
        let answers = curl.output.filter { $0.stream == .stdout }.map(\.text)
        #expect(answers == addresses.map { "200 \($0)" })
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("the gateway's commands on all pages work as they are printed")
    func commands() async throws {
        let directory = try TestDirectory()
        let gateway = try await RunningGateway.start(Self.plant, in: directory)
        try await gateway.waitUntilReady("box/reader")
        let environment = [
            "GATEWARDEN_RUN_DIR": gateway.runDirectory.string,
            "GATEWARDEN_CONFIG": directory.path.appending("gateway.yaml").string,
        ]
        let commands = Set(EmbeddedFiles.runbooks.flatMap { Self.commands(in: $0.text) })
        #expect(commands.count > 8)
        for command in commands.sorted() {
            let arguments = command.split(separator: " ").dropFirst().map { Self.child[String($0)] ?? String($0) }
            let result = try await Program.run(Binaries.gateway, arguments, environment: environment)
            #expect(result.status == .exited(code: 0), "\(command): \(result.text(.stderr))")
            if arguments.first == "stop" { _ = try await run(gateway, "start", "box/reader") }
        }
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("the links in the log lead to where the configuration says")
    func baseAddress() async throws {
        let directory = try TestDirectory()
        let gateway = try await RunningGateway.start(
            Self.plant + "\nweb: {runbookBaseURL: \"https://wiki.example/box/\"}\n",
            in: directory
        )
        try await gateway.waitUntilReady("box/reader")
        try directory.write("gateway.yaml", "processes: 5")
        #expect(try await run(gateway, "config", "reload").status == .exited(code: 1))
        let refusal = try await gateway.waitForLog { $0.msg == "Configuration refused" }
        #expect(refusal.fields["runbook_url"] == "https://wiki.example/box/ConfigReloadFailed")
        #expect(await gateway.stop() == .exited(code: 0))
    }

    /// What stands on pages for a child or a supervisor.
    private static let child = ["CHILD": "box/reader", "BROKER": "box/reader", "SUPERVISOR": "box"]

    /// The commands of the gateway in the code of a page.
    private static func commands(in page: String) -> [String] {
        var (commands, isCode) = ([String](), false)
        for line in page.split(separator: "\n").map({ $0.drop { $0 == " " } }) {
            if line.hasPrefix("```") { isCode.toggle() }
            if isCode, line.hasPrefix("gatewarden ") { commands.append(String(line)) }
        }
        return commands
    }
}
