import GatewayConfiguration
import Testing

@Suite("Templates in processes")
struct ProcessTemplateTests {
    @Test("every tier can be used in every field that says how a program runs")
    func everyField() throws {
        let fixture = try ConfigurationFixture()
        try fixture.makeFolder("flow")
        let text = """
            agent: {name: box, location: {enterprise: acme, line: "3"}}
            variables: {apiURL: "http://{{ global.host }}/v1", host: api, ports: {modbus: 502}, level: debug}
            processes:
              - name: flow
                group: press
                variables: {IP: 10.0.0.1, PORT: "{{ global.ports.modbus }}", target: "{{ IP }}:{{ PORT }}", code: 200, wait: 2s}
                command: ["run-{{ internal.name }}", --port, "{{ PORT }}", "--to={{ target }}", "{{ internal.path }}"]
                environment: {API: "{{ global.apiURL }}", AT: "{{ internal.location }}", BORN: "{{internal.createdAt}}"}
                workingDirectory: "{{ internal.name }}"
                stopTimeout: "{{ wait }}"
                probes:
                  startup: {http: {url: "http://{{ IP }}:{{ PORT }}/ping", status: "{{ code }}"}}
                  readiness: {tcp: {address: "{{ target }}"}}
            """
        try fixture.write(text.utf8)
        let configuration = try fixture.load().configuration
        let process = try #require(configuration.processes.first)
        #expect(process.command == ["run-flow", "--port", "502", "--to=10.0.0.1:502", "box/press/flow"])
        #expect(
            process.environment == ["API": "http://api/v1", "AT": "acme/3", "BORN": "2026-11-21T02:05:30.123Z"]
        )
        #expect(process.workingDirectory == "\(fixture.folder)/flow")
        #expect(process.stopTimeout == .seconds(2))
        #expect(
            process.probes.startup?.kind == .http(url: "http://10.0.0.1:502/ping", status: 200, bodyContains: nil)
        )
        #expect(process.probes.readiness?.kind == Endpoint("10.0.0.1:502").map(ProbeSection.Kind.tcp))
        #expect(configuration.variables["apiURL"] == VariableValue(.string("http://api/v1")))
        #expect(configuration.variables["ports"] == VariableValue(.map(["modbus": VariableValue(.number("502"))])))
    }

    @Test("a whole list or mapping can be a variable, and what it holds is never read as YAML or as a template")
    func wholeValues() throws {
        let text = """
            processes:
              - name: a
                variables: {arguments: [x, 5, "{a: b}", '{{ "{{" }} y }}'], env: {A: "- x", B: true}}
                command: "{{ arguments }}"
                environment: "{{ env }}"
            """
        let process = try #require(try ConfigurationFixture.load(text).configuration.processes.first)
        #expect(process.command == ["x", "5", "{a: b}", "{{ y }}"])
        #expect(process.environment == ["A": "- x", "B": "true"])
    }

    @Test("parts of one variable may name each other")
    func inside() throws {
        let text = """
            processes:
              - name: a
                variables: {c: {url: "http://{{ c.host }}", host: "{{ d }}", list: ["{{ c.url }}/1"]}, d: x, e: "{{ c }}"}
                command: [x, "{{ c.url }}", "{{ e.host }}"]
            """
        let process = try #require(try ConfigurationFixture.load(text).configuration.processes.first)
        #expect(process.command == ["x", "http://x", "x"])
    }

    @Test("the state mapping and the startup grace of a process are read")
    func mapping() throws {
        let text = """
            processes:
              - {name: a, command: [x], stateMapping: {stopping: stopped, degraded: running}, startupGrace: 1h}
              - {name: b, command: [x]}
            """
        let processes = try ConfigurationFixture.load(text).configuration.processes
        #expect(processes.map(\.stateMapping) == [["stopping": .stopped, "degraded": .running], [:]])
        #expect(processes.map(\.startupGrace) == [.seconds(3600), .zero])
    }

    @Test(
        "what is wrong with a template is reported at its scalar, with the child and the variable",
        arguments: [
            (
                "command: [x, \"{{ PORT }}\"]",
                "3:18: processes[0].command[1]: child \"a\": unknown variable \"PORT\"; allowed: internal.createdAt,"
            ),
            ("command: [\"{{ GONE }}\", -v]", "3:15: processes[0].command[0]: child \"a\": unknown variable \"GONE\""),
            ("command: [x, \"{{ PORT\"]", "3:18: processes[0].command[1]: child \"a\": \"{{\" is not closed"),
            ("command: [x, \"{{ }}\"]", "3:18: processes[0].command[1]: child \"a\": an expression is empty"),
            ("command: [x, {{ PORT }}]", "a key must be a single word, not a list or a mapping; an expression such as"),
            (
                "command: [x]\n    environment: {\"{{ A }}\": x}",
                "4:19: processes[0].environment.{{ A }}: child \"a\": an expression cannot stand in a key"
            ),
            (
                "command: [x]\n    variables: {internal: x}",
                "4:17: processes[0].variables.internal: child \"a\": \"internal\" is a tier of its own and cannot be set"
            ),
            ("command: [x]\n    variables: {global: {}}", "child \"a\": \"global\" is a tier of its own"),
            (
                "command: [x]\n    variables: {a.b: 1}",
                "4:17: processes[0].variables.a.b: \"a.b\" is not a name; allowed: 1 to 63 characters"
            ),
            (
                "command: [x, \"{{ A }}\"]\n    variables: {A: }",
                "4:20: processes[0].variables.A: child \"a\": a variable needs a value; write \"\" for an empty text"
            ),
            ("command: [x]\n    variables: {A: [b, ~]}", "4:24: processes[0].variables.A[1]: child \"a\": a variable"),
            ("command: [x]\n    variables: 5", "4:16: processes[0].variables: expected a mapping, found a number"),
            (
                "command: [x, \"{{ A }}\"]\n    variables: {A: \"{{ B }}\", B: \"{{ C.x }}\"}",
                "4:34: processes[0].variables.B: child \"a\": unknown variable \"C.x\""
            ),
            (
                "command: [x, \"{{ A }}\"]\n    variables: {A: \"{{ B }}\", B: \"{{ A }}\"}",
                "4:34: processes[0].variables.B: child \"a\": variables refer to each other in a cycle: A -> B -> A"
            ),
            ("command: [x]\n    variables: {A: \"-{{ A }}\"}", "a cycle: A -> A"),
            ("command: [x]\n    variables: {c: {d: [\"{{ c }}\"]}}", "a cycle: c.d[0] -> c.d[0]"),
            (
                "command: [x]\n    variables: {a: {x: \"{{ b }}\"}, b: \"{{ c.y }}\", c: {y: \"{{ a }}\"}}",
                "a cycle: a.x -> b -> c.y -> a.x"
            ),
            (
                "command: [x, \"a{{ A }}\"]\n    variables: {A: {b: c}}",
                "3:18: processes[0].command[1]: child \"a\": \"A\" is a mapping; only a text, a number or a boolean"
            ),
            (
                "command: [x, \"{{ A }}\"]\n    variables: {A: [b]}",
                "3:18: processes[0].command[1]: expected a string, found a list; the value comes from {{ A }}"
            ),
            (
                "command: [x]\n    variables: {S: \"5\"}\n    probes: {startup: {http: {url: 'http://a', status: '{{ S }}'}}}",
                "status: expected a whole number, found a string; write one expression alone, and its variable without quotes; "
                    + "the value comes from {{ S }}"
            ),
            (
                "command: [x]\n    variables: {T: 5}\n    probes: {startup: {http: {url: 'http://a', bodyContains: '{{ T }}'}}}",
                "bodyContains: expected a string, found a number; put the variable's value in quotes; the value comes from {{ T }}"
            ),
            (
                "command: [x]\n    variables: {T: 99h}\n    stopTimeout: '{{ T }}'",
                "5:18: processes[0].stopTimeout: \"99h\" is out of range; allowed: 0s to 1h, written like 500ms, 15s, 2m, 1h "
                    + "or 1m30s; the value comes from {{ T }}"
            ),
            (
                "command: [x]\n    variables: {TOKEN: hush}\n    stopTimeout: '{{ TOKEN }}'",
                "5:18: processes[0].stopTimeout: the value is not a duration;"
            ),
            (
                "command: [x]\n    stateMapping: {stopping: halt}",
                "4:30: processes[0].stateMapping.stopping: \"halt\" is not a desired state; allowed: running, stopped"
            ),
            ("command: [x]\n    stateMapping: {a/b: stopped}", "\"a/b\" is not a name"),
            ("command: [x]\n    startupGrace: 61m", "\"61m\" is out of range; allowed: 0s to 1h"),
        ]
    )
    func problem(process: String, problem: String) throws {
        let problems = try ConfigurationFixture.problems("processes:\n  - name: a\n    \(process)\n")
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.contains(problem) == true, "\(problems)")
        #expect(problems.first?.hasPrefix("gateway.yaml:") == true)
        #expect(problems.first?.contains("hush") == false)
    }

    @Test(
        "shared variables may only name each other",
        arguments: [
            (
                "{a: \"{{ b }}\", b: 1}",
                "1:16: variables.a: unknown variable \"b\", did you mean \"global.b\"? allowed: global.a, global.b"
            ),
            ("{a: \"{{ internal.name }}\"}", "variables.a: unknown variable \"internal.name\""),
            ("{a: \"{{ global.b }}\", b: \"{{ global.a }}\"}", "a cycle: global.a -> global.b -> global.a"),
            ("{a: \"{{ global }}\"}", "unknown variable \"global\""),
            ("{a: {b: 1}, c: \"{{ global.a.d }}\"}", "unknown variable \"global.a.d\", did you mean \"global.a.b\"?"),
            ("{\"{{ x }}\": 1}", "1:13: variables.{{ x }}: an expression cannot stand in a key"),
            ("[1]", "1:12: variables: expected a mapping, found a list"),
            ("{a: }", "1:16: variables.a: a variable needs a value"),
        ]
    )
    func shared(variables: String, problem: String) throws {
        let problems = try ConfigurationFixture.problems("variables: \(variables)\n")
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.contains(problem) == true, "\(problems)")
    }

    @Test("a wrong variable is reported once, whatever uses it, together with every other problem")
    func together() throws {
        let text = """
            variables: {a: "{{ global.gone }}", b: x}
            processes:
              - {name: p, command: [x, "{{ global.a }}", "{{ global.b }}"], environment: {A: "{{ global.a }}"}}
              - name: q
                variables: {u: "{{ global.a }}", v: "{{ w }}"}
                command: [x, "{{ u }}", "{{ v }}", "{{ nothing }}"]
                umask: 9
            """
        let problems = try ConfigurationFixture.problems(text)
        let expected = [
            "gateway.yaml:1:16: variables.a: unknown variable \"global.gone\"",
            "gateway.yaml:5:41: processes[1].variables.v: child \"q\": unknown variable \"w\"",
            "gateway.yaml:6:40: processes[1].command[3]: child \"q\": unknown variable \"nothing\"",
            "gateway.yaml:7:12: processes[1].umask: \"9\" is not a umask",
        ]
        #expect(problems.count == expected.count, "\(problems)")
        for (problem, start) in zip(problems, expected) { #expect(problem.hasPrefix(start), "\(problem)") }
    }

    @Test("what is wrong with a secret value is said without the value")
    func secrets() throws {
        let fixture = try ConfigurationFixture()
        let text = """
            processes:
              - name: a
                variables: {token: hush}
                command: ["./{{ token }}"]
                workingDirectory: "{{ token }}"
                umask: "{{ token }}"
            """
        try fixture.write(text.utf8)
        let problems = fixture.problems { program, _, _ in "\(program) does not exist" }
        let expected = [
            "gateway.yaml:4:15: processes[0].command[0]: the program cannot be found or run; correct its variable",
            "gateway.yaml:5:23: processes[0].workingDirectory: the directory cannot be used: it does not exist; create it "
                + "or name another",
            "gateway.yaml:6:12: processes[0].umask: the value is not a umask; allowed: octal digits from 0000 to 0777; "
                + "the value comes from {{ token }}",
        ]
        #expect(problems == expected)
    }

    @Test("a location takes no expressions, and neither does what says where a process stands")
    func noTemplates() throws {
        let text = """
            agent: {location: {site: "{{ global.site }}"}}
            variables: {site: x}
            processes:
              - {name: "{{ global.site }}", group: "{{ global.site }}", command: [x], dependsOn: ["{{ global.site }}"]}
            """
        let problems = try ConfigurationFixture.problems(text)
        let expected = [
            "gateway.yaml:1:26: agent.location.site: an expression is not accepted in a location",
            "gateway.yaml:4:12: processes[0].name: \"{{ global.site }}\" is not a valid name",
            "gateway.yaml:4:40: processes[0].group: \"{{ global.site }}\" is not a valid name",
            "gateway.yaml:4:87: processes[0].dependsOn[0]: \"{{ global.site }}\" is not a valid name",
        ]
        #expect(problems.count == expected.count, "\(problems)")
        for (problem, start) in zip(problems, expected) { #expect(problem.hasPrefix(start), "\(problem)") }
    }
}
