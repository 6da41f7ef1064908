import FoundationEssentials
import ProcessControl
import SystemPackage
import Testing

@Suite("Schema of a log line", .timeLimit(.minutes(2)))
struct LogSchemaTests {
    private static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent()

    /// Checks the lines in a folder as `make test` does in the end.
    private static func check(_ folder: FilePath) async throws -> Program.Result {
        try await Program.run(
            "/usr/bin/env",
            [
                "python3", root.appending("Tests/Schemas/check_log_lines.py").string,
                root.appending("deploy/schemas/log-line.schema.json").string, folder.string,
            ]
        )
    }

    @Test("all lines of a gateway that starts, repairs, calls for help, obeys and stops keep to it")
    func scenario() async throws {
        let directory = try TestDirectory()
        let gateway = try await RunningGateway.start(
            """
            agent: {name: box}
            logging: {level: trace}
            supervisor:
              circuit: {failureThreshold: 2, initialDelay: 10ms, maximumDelay: 10ms, maxAttempts: 2, settleTime: 10ms}
            processes:
              - {name: good, command: [/bin/sh, -c, 'echo one; echo "{\\"level\\":\\"warn\\",\\"msg\\":\\"m\\",\\"n\\":1}" >&2; sleep 1000']}
              - {name: bad, command: [/bin/sh, -c, 'exit 3'], dependsOn: [good]}
            """,
            in: directory,
            collecting: directory.path
        )
        try await gateway.waitForLog { $0.msg.hasPrefix("ESCALATION REQUIRED") }
        _ = try await run(gateway, "restart", "good")
        _ = try await run(gateway, "log-level", "debug", "--for", "10m")
        _ = try await run(gateway, "config", "reload")
        #expect(await gateway.stop() == .exited(code: 0))
        let result = try await Self.check(directory.path)
        #expect(result.status == .exited(code: 0), "\(result.output.map(\.text).joined(separator: "\n"))")
    }

    private static let good = #"{"ts":"2026-11-21T02:05:30.123Z","level":"info","msg":"m","component":"c"}"#

    @Test(
        "a line that breaks it is named, and so is a folder without lines",
        arguments: [
            ("", "no log line was found"), ("\n", "no log line was found"), ("\(good)\n{\n", "log:2: no JSON"),
            (good.replacing("Z", with: "+00:00"), "$.ts"), (good.replacing("info", with: "warn"), "$.level"),
            (good.replacing(#""msg""#, with: #""message""#), "'msg' is a required property"),
            (good.replacing("}", with: #","unknown":1}"#), "'unknown' does not match"),
            (good.replacing("}", with: #","pid":"1"}"#), "$.pid"),
            (good.replacing(#""m""#, with: #""Action completed""#), "is a required property"),
        ])
    func violation(_ content: String, _ reason: String) async throws {
        let directory = try TestDirectory()
        _ = try directory.write("gateway.log", content)
        let result = try await Self.check(directory.path)
        #expect(result.status == .exited(code: 1))
        #expect(result.text(.stdout).contains(reason))
    }
}
