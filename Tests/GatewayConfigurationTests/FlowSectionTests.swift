import GatewayConfiguration
import Testing
import YAML

@Suite("Section flows")
struct FlowSectionTests {
    @Test("a flow needs a name and a configuration")
    func defaults() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("flows: [{name: a, config: {input: {stdin: {}}}}]".utf8)
        let flow = try #require(try fixture.load().configuration.flows.first)
        #expect(flow.place.path == ["gateway", "a"] && flow.place.isEnabled && flow.place.dependsOn == [])
        #expect(flow.command == ["benthos"] && flow.workingDirectory == fixture.folder)
        let input = YAMLValue.mapping([YAMLField("stdin", .mapping([]))])
        #expect(flow.document == .mapping([YAMLField("input", input)]))
        #expect(flow.shutdown.delay == .zero && flow.shutdown.timeout == .seconds(20))
        #expect(flow.stallAfter == .seconds(30) && flow.startTimeout == .seconds(30))
        #expect(flow.execution.restart.policy == .onFailure)
        #expect(flow.execution.onGatewayRestart == .stop && flow.execution.weight == .light)
        let output = flow.execution.output
        #expect(output.linesPerSecond == 1000 && output.burst == 5000 && output.files == 5)
        #expect(output.fileSize.bytes == 10 << 20)
    }

    @Test("every field is read, and a group holds flows as well as processes")
    func everyField() throws {
        let text = """
            processes: [{name: p, group: g, command: [x], dependsOn: [a]}]
            redpanda: {}
            flows:
              - name: a
                group: g
                enabled: false
                command: [rpk, connect]
                config: {x: 1, shutdown_timeout: 1.5s, shutdown_delay: 1m}
                workingDirectory: /tmp
                environment: {A: b}
                dependsOn: [redpanda]
                stateMapping: {x: stopped}
                startupGrace: 1s
                startTimeout: 2s
                stallAfter: 3s
                restart: {policy: always}
                onGatewayRestart: adopt
                weight: heavy
                limits: {user: nobody, group: 7, nofile: 9, core: 0, addressSpace: 8G, nice: -5, oomScoreAdjustment: 500,
                  cpu: 0.5, memory: 64MiB, processes: 3}
                output: {linesPerSecond: 1, burst: 2, fileSize: 64K, files: 1}
            """
        let configuration = try ConfigurationFixture.load(text).configuration
        let flow = try #require(configuration.flows.first)
        #expect(configuration.groups == [configuration.groups[0]] && configuration.groups[0].dependsOn == ["redpanda"])
        #expect(configuration.processes[0].dependsOn == ["a"])
        #expect(flow.place.path == ["gateway", "g", "a"] && flow.place.group == "g" && flow.place.name == "a")
        #expect(!flow.place.isEnabled && flow.place.stateMapping == ["x": .stopped])
        #expect(flow.place.startupGrace == .seconds(1))
        #expect(flow.command == ["rpk", "connect"] && flow.workingDirectory == "/tmp")
        #expect(flow.shutdown.timeout == .milliseconds(1500) && flow.shutdown.total == .milliseconds(61_500))
        #expect(flow.startTimeout == .seconds(2) && flow.stallAfter == .seconds(3))
        #expect(flow.execution.environment == ["A": "b"] && flow.execution.restart.policy == .always)
        #expect(flow.execution.onGatewayRestart == .adopt && flow.execution.weight == .heavy)
        let limits = flow.execution.limits
        #expect(limits.user == "nobody" && limits.group == "7" && limits.nofile == 9 && limits.core?.bytes == 0)
        #expect(limits.addressSpace?.bytes == 8 << 30 && limits.nice == -5 && limits.oomScoreAdjustment == 500)
        #expect(limits.cpu == 0.5 && limits.memory?.bytes == 64 << 20 && limits.processes == 3)
        let output = flow.execution.output
        #expect(output.linesPerSecond == 1 && output.burst == 2 && output.fileSize.bytes == 64 << 10)
        #expect(output.files == 1)
    }

    @Test("a configuration comes out as Benthos would read it from a file of its own")
    func document() throws {
        let text = """
            variables: {port: 502, hosts: [a, 5], token: hush}
            flows:
              - name: a
                config:
                  input: &in
                    generate: {interval: 1s, count: 0x10, mapping: "root = \\"a\\"\\nroot.b = 1\\n", enabled: yes}
                  copy: *in
                  quoted: "5"
                  day: 2026-11-21
                  none:
                  truth: True
                  list: [~, 1_000, "", {a: b}]
                  port: "{{ global.port }}"
                  text: "p{{ global.port }}"
                  hosts: "{{ global.hosts }}"
                  bloblang: 'x = "{{ "{{" }} y }}"'
            """
        let flow = try #require(try ConfigurationFixture.load(text).configuration.flows.first)
        let expected = """
            input:
              generate:
                interval: 1s
                count: 0x10
                mapping: |
                  root = "a"
                  root.b = 1
                enabled: yes
            copy:
              generate:
                interval: 1s
                count: 0x10
                mapping: |
                  root = "a"
                  root.b = 1
                enabled: yes
            quoted: "5"
            day: 2026-11-21
            none: null
            truth: true
            list:
            - null
            - 1_000
            - ""
            - a: b
            port: 502
            text: p502
            hosts:
            - a
            - 5
            bloblang: x = "{{ y }}"

            """
        #expect(String(decoding: try YAMLWriter.write(flow.document), as: UTF8.self) == expected)
    }

    @Test(
        "the time for shutting down is read as Go reads it",
        arguments: [
            ("0", Duration.zero), ("0s", .zero), ("15s", .seconds(15)), ("1m30s", .seconds(90)), ("1.5h", nil),
            ("0.5h", .seconds(1800)), (".5s", .milliseconds(500)), ("1.s", .seconds(1)), ("+2s", .seconds(2)),
            ("300us", .microseconds(300)), ("300µs", .microseconds(300)), ("7ns", .nanoseconds(7)),
            ("30m30m", .seconds(3600)), ("-0s", .zero), ("1h", .seconds(3600)), ("1h1ns", nil), ("", nil), ("s", nil),
            (".s", nil), ("1", nil), ("1 s", nil), ("1S", nil), ("1d", nil), ("1.2.3s", nil), ("--1s", nil),
            ("1s-", nil),
            ("9999999999h", nil), ("1e3s", nil), ("٣s", nil),
        ]
    )
    func shutdown(text: String, duration: Duration?) throws {
        let yaml = "flows: [{name: a, config: {shutdown_timeout: \"\(text)\"}}]"
        let fixture = try ConfigurationFixture()
        try fixture.write(yaml.utf8)
        if let duration {
            #expect(try fixture.load().configuration.flows.first?.shutdown.timeout == duration)
        } else {
            #expect(fixture.problems().count == 1)
        }
    }

    @Test("a configuration from a file is the same as one in its place, expressions included")
    func configFile() throws {
        let fixture = try ConfigurationFixture()
        let config = "{a: \"{{ X }}\", b: [\"{{ internal.name }}\"]}"
        try fixture.write(config.utf8, to: "flow.yaml")
        let text = """
            flows:
              - {name: a, variables: {X: 5, file: flow}, configFile: "{{ file }}.yaml"}
              - {name: b, variables: {X: 5}, configFile: flow.yaml}
              - {name: a, group: g, variables: {X: 5}, config: \(config)}
            """
        try fixture.write(text.utf8)
        let flows = try fixture.load().configuration.flows
        #expect(flows[0].document == flows[2].document)
        #expect(flows[1].document["b"] == .sequence([.string("b")]) && flows[1].document["a"] == .integer(5))
    }

    @Test("a template is rendered for each flow that names it")
    func template() throws {
        let text = """
            variables: {site: north}
            templates:
              poll: {flow: {input: {address: "{{ IP }}:{{ PORT }}"}, output: {path: "{{ global.site }}/{{ internal.path }}"}}}
            flows:
              - {name: a, template: poll, variables: {IP: 10.0.0.1, PORT: 502}}
              - {name: b, group: g, template: poll, variables: {IP: 10.0.0.2, PORT: 503}}
            """
        let flows = try ConfigurationFixture.load(text).configuration.flows
        #expect(flows.map { $0.document["input"]?["address"] } == [.string("10.0.0.1:502"), .string("10.0.0.2:503")])
        let paths = flows.map { $0.document["output"]?["path"] }
        #expect(paths == [.string("north/gateway/a"), .string("north/gateway/g/b")])
    }

    @Test(
        "what is wrong with a flow is reported at its place, naming the flow and the variable",
        arguments: [
            ("{}", "gateway.yaml:2:5: flows[0]: exactly one of config, configFile, template is needed; found: none"),
            (
                "config: {a: 1}, template: flow, variables: {X: 1}",
                "gateway.yaml:2:5: flows[0]: exactly one of config, configFile, template is needed; found: config, template"
            ),
            ("config: {}", "gateway.yaml:2:23: flows[0].config: the configuration is empty; write at least an input"),
            ("config: [a]", "gateway.yaml:2:23: flows[0].config: expected a mapping, found a list"),
            (
                "config: {a: \"{{ X }}\"}",
                "gateway.yaml:2:27: flows[0].config.a: child \"f\": unknown variable \"X\"; allowed: internal.createdAt"
            ),
            ("config: {a: \"{{\"}", "gateway.yaml:2:27: flows[0].config.a: child \"f\": \"{{\" is not closed"),
            (
                "config: {shutdown_timeout: 5qq}",
                "gateway.yaml:2:42: flows[0].config.shutdown_timeout: \"5qq\" is not a duration; allowed: 0s to 1h, written"
            ),
            (
                "config: {shutdown_timeout: 20}",
                "gateway.yaml:2:42: flows[0].config.shutdown_timeout: \"20\" is not a duration"
            ),
            (
                "config: {shutdown_timeout: -1s}",
                "gateway.yaml:2:42: flows[0].config.shutdown_timeout: \"-1s\" is out of range"
            ),
            (
                "config: {shutdown_timeout: [1]}",
                "gateway.yaml:2:42: flows[0].config.shutdown_timeout: expected a duration"
            ),
            (
                "config: {shutdown_delay: 2h}",
                "gateway.yaml:2:40: flows[0].config.shutdown_delay: \"2h\" is out of range"
            ),
            (
                "config: {shutdown_timeout: \"${T:20s}\"}",
                "gateway.yaml:2:42: flows[0].config.shutdown_timeout: \"${T:20s}\" is not a duration; the gateway must know it"
            ),
            ("config: {a: {<<: {b: c}}}", "gateway.yaml:2:32: flows[0].config.a.<<: merge keys are not supported"),
            (
                "configFile: no.yaml",
                "gateway.yaml:2:27: flows[0].configFile: \"FOLDER/no.yaml\" cannot be opened: it does not exist"
            ),
            ("configFile: .", "gateway.yaml:2:27: flows[0].configFile: \"FOLDER\" is a directory; name a YAML file"),
            ("configFile: bad.yaml", "bad.yaml:2:1: did not find"),
            ("configFile: list.yaml", "list.yaml:1:1: expected a mapping, found a list"),
            ("configFile: empty.yaml", "empty.yaml:1:1: the configuration is empty"),
            ("configFile: unknown.yaml", "unknown.yaml:1:8: b.c: child \"f\": unknown variable \"X\""),
            ("configFile: twice.yaml", "twice.yaml:2:1: a: duplicate key; it is already set at line 1"),
            ("configFile: delay.yaml", "delay.yaml:1:19: shutdown_timeout: \"5\" is not a duration"),
            (
                "template: no",
                "gateway.yaml:2:25: flows[0].template: child \"f\": unknown template \"no\"; allowed: con, flow"
            ),
            (
                "template: flo",
                "flows[0].template: child \"f\": unknown template \"flo\", did you mean \"flow\"? allowed: con"
            ),
            (
                "template: con",
                "gateway.yaml:2:25: flows[0].template: child \"f\": the template \"con\" is not one for a flow"
            ),
            (
                "template: flow",
                "gateway.yaml:4:20: templates.flow.flow.x: child \"f\": unknown variable \"X\"; allowed: internal.createdAt"
            ),
            (
                "template: flow, variables: {X: 5, Y: \"{{ Z }}\"}",
                "gateway.yaml:2:52: flows[0].variables.Y: child \"f\": unknown variable \"Z\""
            ),
            ("config: {a: 1}, stallAfter: 1ms", "gateway.yaml:2:43: flows[0].stallAfter: \"1ms\" is out of range"),
            (
                "config: {a: 1}, limits: {cpu: \"1\"}",
                "gateway.yaml:2:45: flows[0].limits.cpu: expected a number, found a string"
            ),
            (
                "config: {a: 1}, limits: {cpu: 1e3}",
                "gateway.yaml:2:45: flows[0].limits.cpu: \"1e3\" is not a number; allowed: 0.01"
            ),
            (
                "config: {a: 1}, limits: {cpu: 0}",
                "gateway.yaml:2:45: flows[0].limits.cpu: \"0\" is out of range; allowed: 0.01"
            ),
            (
                "config: {a: 1}, limits: {nice: 20}",
                "gateway.yaml:2:46: flows[0].limits.nice: \"20\" is out of range; allowed: -20"
            ),
            (
                "config: {a: 1}, workingDirectory: no",
                "flows[0].workingDirectory: \"FOLDER/no\" cannot be used: it does not"
            ),
        ]
    )
    func problem(fields: String, expected: String) throws {
        let fixture = try ConfigurationFixture()
        let files = [
            ("bad.yaml", "a: [1\n"), ("list.yaml", "[a]"), ("empty.yaml", "# nothing\n"),
            ("unknown.yaml", "b: {c: \"{{ X }}\"}"), ("twice.yaml", "a: 1\na: 2\n"),
            ("delay.yaml", "shutdown_timeout: 5"),
        ]
        for (name, text) in files { try fixture.write(text.utf8, to: name) }
        let separator = fields == "{}" ? "" : ", \(fields)"
        let text = """
            flows:
              - {name: f\(separator)}
            templates:
              flow: {flow: {x: "{{ X }}"}}
              con: {connection: {endpoint: "a:1"}, dfc_read: {config: {a: 1}}}

            """
        try fixture.write(text.utf8)
        let problems = fixture.problems()
        let shown = expected.replacing("FOLDER", with: fixture.folder)
        #expect(problems.count == 1 && problems.first?.contains(shown) == true, "\(problems)")
    }

    @Test("a wrong file is reported once, whatever names it")
    func fileOnce() throws {
        let text = "flows: [{name: a, configFile: no.yaml}, {name: b, configFile: no.yaml}]"
        #expect(try ConfigurationFixture.problems(text).count == 1)
    }

    @Test("a template that many flows blow up is refused, once", .timeLimit(.minutes(1)))
    func bomb() throws {
        let content = Array(repeating: "x", count: 20_000).joined(separator: ", ")
        let flows = (0..<200).map { "- {name: f\($0), template: t}\n" }.joined()
        let problems = try ConfigurationFixture.problems("templates: {t: {flow: {a: [\(content)]}}}\nflows:\n\(flows)")
        let expected = "child \"f104\": templates and files expand to more than 268435456 bytes in total; use fewer or"
        #expect(problems.count == 1 && problems.first?.contains(expected) == true, "\(problems)")
    }

    @Test("what is shown loads again to the same configuration, templates and files included")
    func roundTrip() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("a: \"{{ X }}\"".utf8, to: "flow.yaml")
        let text = """
            templates:
              t: {flow: {a: "{{ X }}", b: ['{{ "{{" }}', yes], password: hush}}
            redpanda: {memory: 3G, properties: {a: ~}, cluster: {b: 1.50}}
            flows:
              - {name: a, template: t, variables: {X: 1}, limits: {cpu: 1.50, memory: 64M}}
              - {name: b, configFile: flow.yaml, variables: {X: 1}}
              - {name: c, config: {a: "{{ X }}", b: yes, c: ~, d: {}, e: [], f: "5", g: "{{ \\"{{\\" }}"}, variables: {X: 1}}
            protocolConverters:
              - name: p
                location: {area: a}
                connection: {endpoint: "a:1"}
                dfc_write: {template: t, variables: {X: 1}}
            """
        try fixture.write(text.replacing(", password: hush", with: "").utf8)
        let first = try fixture.load()
        try fixture.write(first.rendered().utf8)
        let second = try fixture.load()
        #expect(second.configuration.children == first.configuration.children, "\(first.rendered())")
        #expect(
            !(try ConfigurationFixture.load(text.replacing("flow.yaml", with: "\(fixture.folder)/flow.yaml")))
                .rendered().contains("hush"))
    }
}
