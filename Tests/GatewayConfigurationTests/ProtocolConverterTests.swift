import GatewayConfiguration
import Testing
import YAML

@Suite("Section protocolConverters")
struct ProtocolConverterTests {
    private static let template = """
        templates:
          modbus:
            connection: {endpoint: "{{ IP }}:{{ PORT }}", period: 2s, failureThreshold: 4}
            dfc_read:
              stallAfter: 1m
              dependsOn: [connection, redpanda]
              variables: {TOPIC: "{{ internal.location }}/{{ NAME }}"}
              config: {input: {address: "{{ IP }}", path: "{{ internal.path }}"}, output: {topic: "{{ TOPIC }}"}}
            dfc_write: {template: writer, enabled: false}
          writer: {flow: {output: {address: "{{ IP }}"}}}

        """

    @Test("a template with variables becomes a connection and two flows, placed below the converter")
    func template() throws {
        let text =
            Self.template + """
                agent: {name: box, location: {enterprise: acme, site: north}}
                redpanda: {}
                processes: [{name: first, command: [x]}]
                protocolConverters:
                  - name: press-1
                    location: {line: L1}
                    dependsOn: [first]
                    stateMapping: {stopping: stopped}
                    startupGrace: 5s
                    template: modbus
                    variables: {IP: 10.0.0.1, PORT: 502, NAME: press}
                """
        let configuration = try ConfigurationFixture.load(text).configuration
        let converter = try #require(configuration.converters.first)
        #expect(converter.place.path == ["box", "press-1"] && converter.place.isEnabled)
        #expect(converter.place.dependsOn == ["first", "redpanda"])
        #expect(converter.place.stateMapping == ["stopping": .stopped] && converter.place.startupGrace == .seconds(5))
        #expect(converter.location == LocationSection(enterprise: "acme", site: "north", line: "L1"))
        let connection = converter.connection
        #expect(connection.place.path == ["box", "press-1", "connection"] && connection.place.dependsOn == [])
        #expect(connection.endpoint == Endpoint("10.0.0.1:502") && connection.period == .seconds(2))
        #expect(connection.timeout == .seconds(1) && connection.failureThreshold == 4)
        #expect(connection.flapWindow == .seconds(300) && connection.flapThreshold == 5)
        let read = try #require(converter.read)
        #expect(read.place.path == ["box", "press-1", "dfc_read"] && read.place.dependsOn == ["connection"])
        #expect(read.stallAfter == .seconds(60))
        #expect(read.document["input"]?["path"] == .string("box/press-1/dfc_read"))
        #expect(read.document["output"]?["topic"] == .string("acme/north/L1/press"))
        let write = try #require(converter.write)
        #expect(!write.place.isEnabled && write.place.dependsOn == ["connection"])
        #expect(write.document["output"]?["address"] == .string("10.0.0.1"))
        #expect(configuration.groups.isEmpty)
    }

    @Test("parts that stand in their place are read as those of a template, and a part's variables go before")
    func inline() throws {
        let text = """
            protocolConverters:
              - name: a
                variables: {X: outer, Y: "{{ X }}!", Z: '{{ "{{" }} no }}'}
                connection: {endpoint: "plc-{{ X }}:1"}
                dfc_read: {variables: {X: inner, W: "{{ X }}{{ Y }}"}, config: {a: "{{ X }} {{ Y }} {{ W }} {{ Z }}"}}
            """
        let converter = try #require(try ConfigurationFixture.load(text).configuration.converters.first)
        #expect(converter.connection.endpoint.host == "plc-outer" && converter.write == nil)
        #expect(converter.read?.document["a"] == .string("inner outer! innerouter! {{ no }}"))
    }

    @Test("other children may wait for a converter, but not for what is inside")
    func dependencies() throws {
        let parts = "connection: {endpoint: \"a:1\"}, dfc_read: {config: {a: 1}}"
        let good = """
            processes: [{name: p, command: [x], dependsOn: [c]}]
            protocolConverters: [{name: c, \(parts)}]
            """
        #expect(try ConfigurationFixture.load(good).configuration.processes[0].dependsOn == ["c"])
        let bad = """
            processes: [{name: p, command: [x], dependsOn: [dfc_read]}, {name: q, group: c, command: [x]}]
            protocolConverters: [{name: c, \(parts)}, {name: c, \(parts)}, {name: p, \(parts)}]
            """
        let problems = try ConfigurationFixture.problems(bad)
        let expected = [
            "gateway.yaml:1:49: processes[0].dependsOn[0]: \"dfc_read\" is inside \"p\"; allowed from outside: the whole \"p\"",
            "gateway.yaml:1:78: processes[1].group: \"c\" is already a protocol converter at ",
            "gateway.yaml:2:99: protocolConverters[1].name: duplicate name \"c\" at the top level; it is already used at ",
            "gateway.yaml:2:169: protocolConverters[2].name: duplicate name \"p\" at the top level; it is already used at ",
        ]
        #expect(problems.count == expected.count, "\(problems)")
        for (problem, start) in zip(problems, expected) { #expect(problem.hasPrefix(start), "\(problem)") }
    }

    @Test("a converter and a flow that wait for each other are a cycle, also where a part waits")
    func cycle() throws {
        let text = """
            flows: [{name: f, config: {a: 1}, dependsOn: [c]}]
            protocolConverters:
              - {name: c, connection: {endpoint: "a:1"}, dfc_read: {config: {a: 1}, dependsOn: [f]}}
            """
        let problems = try ConfigurationFixture.problems(text)
        let expected = "gateway.yaml:3:85: protocolConverters[0].dfc_read.dependsOn[0]: dependency cycle f -> c -> f;"
        #expect(problems.count == 1 && problems.first?.hasPrefix(expected) == true, "\(problems)")
    }

    @Test(
        "what is wrong with a converter is reported at its place, naming the child and the variable",
        arguments: [
            (
                "{name: c}",
                ["12:3: protocolConverters[0]: a template is needed, or connection and dfc_read, dfc_write or both"]
            ),
            ("{name: c, connection: {endpoint: \"a:1\"}}", ["12:3: protocolConverters[0]: a template is needed, or"]),
            ("{name: c, dfc_read: {config: {a: 1}}}", ["12:3: protocolConverters[0]: a template is needed, or"]),
            (
                "{name: c, template: modbus, variables: {IP: a, PORT: 1, NAME: n}, dfc_read: {config: {a: 1}}}",
                ["12:79: protocolConverters[0].dfc_read: cannot stand beside a template; remove one of them"]
            ),
            (
                "{name: c.d, template: modbus, variables: {IP: a, PORT: 1, NAME: n}}",
                ["12:10: protocolConverters[0].name: \"c.d\""]
            ),
            (
                "{name: c, template: no}",
                ["12:23: protocolConverters[0].template: child \"c\": unknown template \"no\"; allowed: m"]
            ),
            (
                "{name: c, template: writer}",
                ["12:23: protocolConverters[0].template: child \"c\": the template \"writer\" is not"]
            ),
            (
                "{name: c, template: modbus, variables: {IP: a, NAME: n}}",
                [
                    "3:28: templates.modbus.connection.endpoint: child \"c/connection\": unknown variable \"PORT\"; allowed: IP"
                ]
            ),
            (
                "{name: c, template: modbus, variables: {IP: a, PORT: x, NAME: n}}",
                [
                    "3:28: templates.modbus.connection.endpoint: \"a:x\" is not an address; allowed: HOST:PORT with a port from 1 "
                        + "to 65535, an IPv6 host in brackets; the value comes from {{ IP }}, {{ PORT }}"
                ]
            ),
            (
                "{name: c, template: modbus, variables: {IP: a, PORT: 1}}",
                ["7:26: templates.modbus.dfc_read.variables.TOPIC: child \"c/dfc_read\": unknown variable \"NAME\""]
            ),
            (
                "{name: c, template: modbus, variables: {IP: \"{{ no }}\", PORT: 1, NAME: n}}",
                ["12:47: protocolConverters[0].variables.IP: child \"c\": unknown variable \"no\""]
            ),
            (
                "{name: c, location: {site: \"{{ X }}\"}, template: modbus, variables: {IP: a, PORT: 1, NAME: n}}",
                ["12:30: protocolConverters[0].location.site: an expression is not accepted in a location"]
            ),
            (
                "{name: c, connection: {endpoint: \"a:1\", group: x}, dfc_read: {name: y, config: {a: 1}}}",
                [
                    "12:43: protocolConverters[0].connection.group: unknown key;",
                    "12:65: protocolConverters[0].dfc_read.name: unknown key",
                ]
            ),
            (
                "{name: c, connection: {}, dfc_read: {config: {shutdown_timeout: x}}}",
                [
                    "12:25: protocolConverters[0].connection.endpoint: missing; it is required: Where to connect to.",
                    "12:67: protocolConverters[0].dfc_read.config.shutdown_timeout: \"x\" is not a duration",
                ]
            ),
            (
                "{name: c, connection: {endpoint: \"a:1\"}, dfc_read: {config: {a: 1}, dependsOn: [dfc_wrote]}}",
                ["12:83: protocolConverters[0].dfc_read.dependsOn[0]: no child or group is named \"dfc_wrote\""]
            ),
        ]
    )
    func problem(converter: String, expected: [String]) throws {
        let problems = try ConfigurationFixture.problems(
            "\(Self.template)protocolConverters:\n- \(converter)\nredpanda: {}\n")
        #expect(problems.count == expected.count, "\(problems)")
        for (problem, start) in zip(problems, expected) {
            #expect(problem.hasPrefix("gateway.yaml:\(start)"), "\(problem)")
        }
    }

    @Test(
        "a template that is neither a flow nor a converter is reported",
        arguments: [
            "{}", "{connection: {}}", "{dfc_read: {}}", "{flow: {}, connection: {}}", "{flow: {}, dfc_write: {}}",
        ]
    )
    func templateShape(template: String) throws {
        let problems = try ConfigurationFixture.problems("templates: {t: \(template)}")
        let expected =
            "gateway.yaml:1:16: templates.t: a template is either a flow with the key flow alone, or a protocol"
        #expect(problems.count == 1 && problems.first?.hasPrefix(expected) == true, "\(problems)")
    }

    @Test("a template that nothing uses is not rendered")
    func unused() throws {
        let text = "templates: {t: {flow: {a: \"{{ nobody }}\"}}}"
        #expect(try ConfigurationFixture.load(text).rendered().contains("a: \"{{ nobody }}\"  #"))
    }
}
