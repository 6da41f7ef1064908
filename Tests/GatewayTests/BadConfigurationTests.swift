import Gateway
import ProcessControl
import SystemPackage
import Testing

@Suite("Gateway: bad configurations", .timeLimit(.minutes(2)))
struct BadConfigurationTests {
    /// A configuration that must be refused, and what must be said.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let content: [UInt8]
        let messages: [String]

        var testDescription: String { name }

        init(_ name: String, _ text: String, _ messages: String...) {
            self.init(name, bytes: Array(text.utf8), messages)
        }

        init(_ name: String, bytes: [UInt8], _ messages: [String]) {
            self.name = name
            self.content = bytes
            self.messages = messages
        }
    }

    private static let cases = [
        Case("unknown key", "web: {lisen: \"127.0.0.1:0\"}", ":1:7: web.lisen: "),
        Case("wrong type", "processes: 7", ":1:12: processes: "),
        Case(
            "duplicate name",
            "processes:\n  - {name: a, command: [sleep, 1]}\n  - {name: a, command: [sleep, 1]}",
            ":3:"
        ),
        Case(
            "cycle",
            """
            processes:
              - {name: a, command: [sleep, 1], dependsOn: [b]}
              - {name: b, command: [sleep, 1], dependsOn: [a]}
            """,
            "a -> b -> a"
        ),
        Case("missing binary", "processes:\n  - {name: a, command: [no-such-program]}", ":2:", "no-such-program"),
        Case("empty file", "", "the file is empty"),
        Case("two problems at once", "agent: {nam: x}\nlogging: {level: loud}", ":1:9: ", ":2:18: "),
        Case("not UTF-8", bytes: Array("agent: {name: \"".utf8) + [0xff, 0xfe], ["UTF-8"]),
    ]

    @Test("each is refused with exit code 2 and its place, and nothing is started", arguments: cases)
    func refused(_ configuration: Case) async throws {
        let directory = try TestDirectory()
        let file = try directory.write("gateway.yaml", configuration.content)
        let result = try await Program.run(
            Binaries.gateway,
            ["run", "--config", file.string] + RunningGateway.directories(directory.path)
        )
        #expect(result.status == .exited(code: ExitStatus.badConfiguration.rawValue))
        let text = result.text(.stderr)
        #expect(text.contains(file.string))
        for message in configuration.messages { #expect(text.contains(message), "\(text)") }
        #expect(!text.contains("Process started"))
    }

    @Test("a file of 100 MiB is refused by its size")
    func hugeFile() async throws {
        let directory = try TestDirectory()
        let file = try directory.write("gateway.yaml", "")
        let descriptor = try FileDescriptor.open(file, .writeOnly)
        try descriptor.closeAfter { try descriptor.resize(to: 100 << 20) }
        let result = try await Program.run(Binaries.gateway, ["config", "validate", "--config", file.string])
        #expect(result.status == .exited(code: ExitStatus.badConfiguration.rawValue))
        #expect(result.text(.stderr).contains("gateway.yaml"))
    }

    @Test("a port in use is a problem of the place that names it, and nothing is started")
    func portInUse() async throws {
        let directory = try TestDirectory()
        let first = try await RunningGateway.start("{}", in: directory)
        let base = try await first.waitForAddress()
        let port = try #require(base.split(separator: ":").last)
        let second = try TestDirectory()
        let file = try second.write(
            "gateway.yaml",
            "web: {listen: \"127.0.0.1:\(port)\"}\nprocesses:\n  - {name: a, command: [sleep, 1]}"
        )
        let arguments = [
            "run", "--config", file.string, "--run-dir", "\(second.path)/run", "--data-dir", "\(second.path)/d",
        ]
        let result = try await Program.run(Binaries.gateway, arguments)
        #expect(result.status == .exited(code: ExitStatus.badConfiguration.rawValue))
        #expect(result.text(.stderr).contains("gateway.yaml:1:15: web.listen: "))
        #expect(!result.text(.stderr).contains("Process started"))
        #expect(await first.stop() == .exited(code: 0))
    }

    @Test("config show prints every value with its origin, config validate says that all is good")
    func show() async throws {
        let directory = try TestDirectory()
        let file = try directory.write("gateway.yaml", "agent: {name: box}")
        let show = try await Program.run(
            Binaries.gateway,
            ["config", "show", "--config", file.string, "--log-level", "debug"],
            environment: ["GATEWARDEN_WEB_LISTEN": "127.0.0.1:1234"]
        )
        #expect(show.status == .exited(code: 0))
        let text = show.text(.stdout)
        #expect(text.contains("gateway.yaml:1:15"))
        #expect(text.contains("environment GATEWARDEN_WEB_LISTEN"))
        #expect(text.contains("flag --log-level"))
        #expect(text.contains("# default"))
        let validate = try await Program.run(Binaries.gateway, ["config", "validate", "--config", file.string])
        #expect(validate.status == .exited(code: 0))
    }

    @Test("config validate counts everything below the root")
    func count() async throws {
        let directory = try TestDirectory()
        let text = """
            agent: {name: box}
            redpanda: {command: [/bin/true]}
            flows: [{name: a, group: line, command: [/bin/true], config: {input: {generate: {}}, output: {drop: {}}}}]
            processes: [{name: b, group: line, command: [/bin/true]}, {name: c, command: [/bin/true]}]
            protocolConverters:
              - name: press
                connection: {endpoint: "127.0.0.1:1"}
                dfc_read: {command: [/bin/true], config: {input: {generate: {}}, output: {drop: {}}}}
            """
        let file = try directory.write("gateway.yaml", text)
        let validate = try await Program.run(Binaries.gateway, ["config", "validate", "--config", file.string])
        #expect(validate.text(.stdout).contains("good, 8 children"), "\(validate.text(.stderr))")
    }
}
