import GatewayConfiguration
import Testing

@Suite("Settings changed since")
struct ChangedSettingsTests {
    private static let base = "agent: {name: box}\nweb: {listen: '127.0.0.1:9620'}\n"

    private func load(_ text: String) throws -> LoadedConfiguration {
        let fixture = try ConfigurationFixture()
        try fixture.write(text.utf8)
        return try fixture.load()
    }

    @Test(
        "settings of the gateway itself are named, wherever they stand and whatever the file is",
        arguments: [
            (base, []),
            ("# moved\n\nweb:\n  listen: '127.0.0.1:9620'\nagent:\n  name: box\n", []),
            (base + "supervisor: {tickInterval: 100ms}\n", []),
            (base + "supervisor: {tickInterval: 2s}\n", ["supervisor.tickInterval"]),
            (base + "supervisor: {circuit: {maxAttempts: 7}}\n", ["supervisor.circuit.maxAttempts"]),
            (
                "agent: {name: press}\nweb: {listen: '127.0.0.1:1'}\nlogging: {level: debug}\n",
                ["agent.name", "web.listen", "logging.level"]
            ),
            (
                base + "limits: {flowPorts: {first: 20000, last: 20010}}\n",
                ["limits.flowPorts.first", "limits.flowPorts.last"]
            ),
        ])
    func ownSettings(_ text: String, _ changed: [String]) throws {
        #expect(try load(text).settingsChanged(since: load(Self.base)) == changed)
    }

    @Test("what children are and what they are made from is not named")
    func children() throws {
        let text = """
            variables: {A: b}
            processes: [{name: a, command: [sleep, "1"]}]
            flows: [{name: b, config: {input: {stdin: {}}, output: {drop: {}}}}]
            redpanda: {}
            """
        #expect(try load(Self.base + text).settingsChanged(since: load(Self.base)) == [])
    }
}
