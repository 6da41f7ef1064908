import GatewayConfiguration
import Testing
import YAML

@Suite("Section redpanda")
struct BrokerSectionTests {
    @Test("without the section there is no broker")
    func none() throws {
        #expect(try ConfigurationFixture.load("{}").configuration.broker == nil)
    }

    @Test("an empty section is a broker with every default", arguments: ["redpanda: {}", "redpanda:"])
    func defaults(text: String) throws {
        let broker = try #require(try ConfigurationFixture.load(text).configuration.broker)
        #expect(broker.place.path == ["gateway", "redpanda"])
        #expect(broker.place.isEnabled && broker.place.dependsOn.isEmpty && broker.place.startupGrace == .zero)
        #expect(broker.command == ["redpanda"] && broker.arguments == [] && broker.dataDirectory == nil)
        #expect(broker.listeners.kafka == Endpoint("127.0.0.1:9092"))
        #expect(broker.listeners.admin == Endpoint("127.0.0.1:9644"))
        #expect(broker.listeners.rpc == Endpoint("127.0.0.1:33145"))
        #expect(broker.memory.bytes == 2 << 30 && broker.cores == 1 && broker.isInDeveloperMode)
        #expect(broker.properties == .mapping([]) && broker.cluster.isEmpty)
        #expect(broker.times.idleAfter == .seconds(30) && broker.times.stopTimeout == .seconds(60))
        #expect(broker.times.startupTimeout == .seconds(120))
        #expect(broker.execution.restart.policy == .always)
        #expect(broker.execution.onGatewayRestart == .adopt && broker.execution.weight == .heavy)
    }

    @Test("every field is read, expressions replaced, paths made absolute")
    func everyField() throws {
        let fixture = try ConfigurationFixture()
        let text = """
            variables: {host: 10.0.0.5, token: hush}
            redpanda:
              name: broker
              enabled: false
              command: [./rpk, redpanda, start]
              arguments: ["--{{ internal.name }}"]
              dataDirectory: data
              kafka: "{{ global.host }}:19092"
              admin: localhost:19644
              rpc: "[::1]:43145"
              memory: 1536M
              cores: 2
              developerMode: false
              properties: {redpanda: {rack: yes, sasl: "{{ global.token }}"}, pandaproxy: ~}
              cluster: {log_retention_ms: 1000, ratio: 0.5, cleanup: "compact", enable_idempotence: true, size: 0.5G}
              environment: {A: 1}
              dependsOn: [disk]
              stateMapping: {stopping: stopped}
              startupGrace: 1s
              startupTimeout: 5m
              idleAfter: 1m
              stopTimeout: 90s
              restart: {policy: never}
              onGatewayRestart: stop
              weight: light
              limits: {nofile: 65536}
              output: {files: 2}
            processes: [{name: disk, command: [x]}]
            """
        try fixture.write(text.utf8)
        let broker = try #require(try fixture.load().configuration.broker)
        #expect(broker.place.path == ["gateway", "broker"] && !broker.place.isEnabled)
        #expect(broker.place.dependsOn == ["disk"] && broker.place.stateMapping == ["stopping": .stopped])
        #expect(broker.place.startupGrace == .seconds(1))
        #expect(broker.command == ["\(fixture.folder)/rpk", "redpanda", "start"] && broker.arguments == ["--broker"])
        #expect(broker.dataDirectory == "\(fixture.folder)/data")
        let listeners = [broker.listeners.kafka, broker.listeners.admin, broker.listeners.rpc]
        #expect(listeners.map(\.description) == ["10.0.0.5:19092", "localhost:19644", "[::1]:43145"])
        #expect(broker.memory.bytes == 1536 << 20 && broker.cores == 2 && !broker.isInDeveloperMode)
        let redpanda = YAMLValue.mapping([YAMLField("rack", .plain("yes")), YAMLField("sasl", .string("hush"))])
        #expect(broker.properties == .mapping([YAMLField("redpanda", redpanda), YAMLField("pandaproxy", .null)]))
        let cluster: [String: ClusterProperty] = [
            "log_retention_ms": .integer(1000), "ratio": .decimal(0.5), "cleanup": .string("compact"),
            "enable_idempotence": .boolean(true), "size": .string("0.5G"),
        ]
        #expect(broker.cluster == cluster)
        #expect(broker.execution.environment == ["A": "1"] && broker.execution.restart.policy == .never)
        #expect(broker.times.startupTimeout == .seconds(300) && broker.times.idleAfter == .seconds(60))
        #expect(broker.times.stopTimeout == .seconds(90))
        #expect(broker.execution.onGatewayRestart == .stop && broker.execution.weight == .light)
        #expect(broker.execution.limits.nofile == 65536 && broker.execution.output.files == 2)
    }

    @Test(
        "what is wrong with the broker is reported at its place",
        arguments: [
            (
                "{memory: 2GB}",
                "gateway.yaml:1:20: redpanda.memory: \"2GB\" is not a number of bytes; allowed: 128M to 16T"
            ),
            (
                "{memory: 64M}",
                "gateway.yaml:1:20: redpanda.memory: \"64M\" is out of range; allowed: 128M to 16T, written"
            ),
            ("{cores: 0}", "gateway.yaml:1:19: redpanda.cores: \"0\" is out of range"),
            ("{kafka: \"a:0\"}", "gateway.yaml:1:19: redpanda.kafka: \"a:0\" is out of range"),
            ("{properties: [a]}", "gateway.yaml:1:24: redpanda.properties: expected a mapping, found a list"),
            ("{cluster: {a: [1]}}", "gateway.yaml:1:25: redpanda.cluster.a: expected a single value, found a list"),
            ("{cluster: {a: }}", "gateway.yaml:1:25: redpanda.cluster.a: expected a single value, found nothing"),
            ("{cluster: {A: 1}}", "gateway.yaml:1:22: redpanda.cluster.A: \"A\" is not a name; allowed: 1 to 255"),
            ("{weight: big}", "gateway.yaml:1:20: redpanda.weight: \"big\" is not a weight; allowed: light, heavy"),
            (
                "{onGatewayRestart: kill}",
                "gateway.yaml:1:30: redpanda.onGatewayRestart: \"kill\" is not a way to treat a running program; allowed: "
                    + "adopt, stop"
            ),
            (
                "{restart: {initialDelay: 2m}}",
                "gateway.yaml:1:36: redpanda.restart.maximumDelay: 1m is below initialDelay"
            ),
            ("{memori: 1G}", "gateway.yaml:1:12: redpanda.memori: unknown key, did you mean \"memory\"?"),
            (
                "{dependsOn: [x]}",
                "gateway.yaml:1:24: redpanda.dependsOn[0]: no child or group is named \"x\"; allowed: "
            ),
            (
                "{cores: \"{{ x }}\"}",
                "gateway.yaml:1:19: redpanda.cores: child \"redpanda\": unknown variable \"x\"; allowed"
            ),
            ("5", "gateway.yaml:1:11: redpanda: expected a mapping, found a number"),
        ]
    )
    func problem(section: String, expected: String) throws {
        let problems = try ConfigurationFixture.problems("redpanda: \(section)")
        #expect(problems.count == 1 && problems.first?.hasPrefix(expected) == true, "\(problems)")
    }

    @Test("a broker whose program is not there is reported where the program is named, or the broker")
    func program() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("redpanda: {}\n".utf8)
        let lookUp: ConfigurationLoader.ProgramLookup = { program, _, _ in "\(program) does not exist" }
        #expect(
            fixture.problems(lookUp: lookUp) == ["gateway.yaml:1:11: redpanda.command[0]: redpanda does not exist"])
        try fixture.write("redpanda: {enabled: false}\n".utf8)
        #expect(fixture.problems(lookUp: lookUp) == [])
    }

    @Test("what says that it is secret is masked in properties and cluster properties")
    func secrets() throws {
        let text = "redpanda: {properties: {a: {password: hush}}, cluster: {admin_api_token: hush, b: shown}}"
        let shown = try ConfigurationFixture.load(text).rendered()
        #expect(!shown.contains("hush") && shown.contains("b: \"shown\""), "\(shown)")
    }
}
