import GatewayConfiguration
import Testing
import YAML

@Suite("Declared brokers, flows, connections and protocol converters")
struct DeclaredFlowTests {
    @Test("a declared broker is read as the section")
    func broker() throws {
        let text = """
            {name: b, workerType: redpanda, dependsOn: [broker], userSpec: {config: {memory: 1G, kafka: "a:{{ P }}"},
              variables: {P: 1}}}
            """
        let child = try #require(try ChildDeclarationFixture.load(text).first)
        guard case .broker(let broker) = child.payload else {
            Issue.record("\(child.payload)")
            return
        }
        #expect(broker.place.path == ["gateway", "line-3", "b"] && broker.place.dependsOn == ["broker"])
        #expect(broker.memory.bytes == 1 << 30 && broker.listeners.kafka == Endpoint("a:1"))
        #expect(broker.execution.onGatewayRestart == .adopt)
    }

    @Test("a declared flow is read as an element of the section, with the gateway's templates")
    func flow() throws {
        let text = """
            - name: f
              workerType: benthos
              enabled: false
              userSpec: {config: {config: {a: "{{ X }}", b: "{{ internal.path }}"}, startupGrace: 1s}, variables: {X: 5}}
            - {name: g, workerType: benthos, userSpec: {config: {template: poll, stallAfter: 5s}, variables: {X: 6}}}
            """
        let flows = try load(text).compactMap { child -> FlowSection? in
            if case .flow(let flow) = child.payload { flow } else { nil }
        }
        #expect(flows.map(\.place.path) == [["gateway", "line-3", "f"], ["gateway", "line-3", "g"]])
        #expect(!flows[0].place.isEnabled && flows[0].place.startupGrace == .seconds(1))
        #expect(flows[0].document["a"] == .integer(5) && flows[0].document["b"] == .string("gateway/line-3/f"))
        #expect(flows[1].document["x"] == .integer(6) && flows[1].stallAfter == .seconds(5))
    }

    @Test("a declared connection and a declared converter are read as the sections")
    func converter() throws {
        let text = """
            - {name: c, workerType: connection, userSpec: {config: {endpoint: "a:1", timeout: 2s}}}
            - name: press
              workerType: protocolConverter
              location: {line: L1}
              dependsOn: [c]
              userSpec: {config: {template: device}, variables: {IP: 10.0.0.1}}
            """
        let children = try load(text)
        guard case .connection(let connection) = children[0].payload,
            case .protocolConverter(let converter) = children[1].payload
        else {
            Issue.record("\(children)")
            return
        }
        #expect(connection.timeout == .seconds(2) && connection.place.path == ["gateway", "line-3", "c"])
        #expect(converter.place.dependsOn == ["c"])
        #expect(converter.location == LocationSection(enterprise: "acme", site: "north", line: "L1"))
        #expect(converter.connection.place.path == ["gateway", "line-3", "press", "connection"])
        #expect(converter.connection.endpoint == Endpoint("10.0.0.1:1"))
        #expect(converter.read?.document["at"] == .string("acme/north/L1"))
        #expect(converter.read?.place.dependsOn == ["connection"] && converter.write == nil)
    }

    @Test(
        "what is wrong is reported at its place",
        arguments: [
            (
                "{name: f, workerType: benthos}",
                "child.yaml:1:1: userSpec.config: exactly one of config, configFile, template is needed; found: none"
            ),
            (
                "{name: f, workerType: benthos, userSpec: {config: {config: {shutdown_timeout: 5}}}}",
                "child.yaml:1:79: userSpec.config.config.shutdown_timeout: \"5\" is not a duration"
            ),
            (
                "{name: f, workerType: benthos, userSpec: {config: {template: no}}}",
                "child.yaml:1:62: userSpec.config.template: child \"f\": unknown template \"no\"; allowed: device, poll"
            ),
            (
                "{name: f, workerType: benthos, userSpec: {config: {template: poll}}}",
                "gateway.yaml:1:32: templates.poll.flow.x: child \"f\": unknown variable \"X\""
            ),
            (
                "{name: f, workerType: benthos, userSpec: {config: {name: g, config: {a: 1}}}}",
                "child.yaml:1:52: userSpec.config.name: belongs to the declaration, not to its config; write it beside userSpec"
            ),
            (
                "{name: f, workerType: protocolConverter, userSpec: {config: {}}}",
                "child.yaml:1:61: userSpec.config: a template is needed, or connection and dfc_read, dfc_write or both"
            ),
            (
                "{name: f, workerType: protocolConverter, userSpec: {config: {location: {site: x}, template: device}, "
                    + "variables: {IP: a}}}",
                "child.yaml:1:62: userSpec.config.location: belongs to the declaration, not to its config; write it beside"
            ),
            (
                "{name: f, workerType: protocolConverter, userSpec: {config: {connection: {endpoint: \"a:1\"}, "
                    + "dfc_read: {config: {a: 1}, dependsOn: [broker]}}}}",
                "child.yaml:1:132: userSpec.config.dfc_read.dependsOn[0]: no child or group is named \"broker\"; allowed: another"
            ),
            (
                "{name: c, workerType: connection, userSpec: {config: {endpoint: x}}}",
                "child.yaml:1:65: userSpec.config.endpoint: \"x\" is not an address"
            ),
            (
                "{name: b, workerType: redpanda, userSpec: {config: {cores: no}}}",
                "child.yaml:1:60: userSpec.config.cores: \"no\" is not a whole number"
            ),
        ]
    )
    func problem(text: String, expected: String) throws {
        do {
            _ = try load(text)
            Issue.record("no problem")
        } catch let error as ConfigurationProblems {
            let problems = error.problems.map { problem in
                problem.description.split(separator: "/").last { $0.contains("yaml:") }.map(String.init) ?? ""
            }
            #expect(problems.count == 1 && problems.first?.hasPrefix(expected) == true, "\(problems)")
        }
    }

    private func load(_ text: String) throws -> [DeclaredChild] {
        let gateway = """
            templates: {poll: {flow: {"x": "{{ X }}"}},
              device: {connection: {endpoint: "{{ IP }}:1"}, dfc_read: {config: {at: "{{ internal.location }}"}}}}
            """
        var context = ChildDeclarationFixture.context
        context.templates = try ConfigurationFixture.load(gateway).configuration.templates
        return try ChildDeclarationFixture.loader().load(text: text, named: "child.yaml", in: context)
    }
}
