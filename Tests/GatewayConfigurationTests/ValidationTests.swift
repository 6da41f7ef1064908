import GatewayConfiguration
import Testing

@Suite("Validation")
struct ValidationTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        let problem: String
        var testDescription: String { problem }

        init(_ text: String, _ problem: String) {
            self.text = text
            self.problem = problem
        }
    }

    @Test(
        "a wrong value is reported with its place, its path and what is allowed",
        arguments: [
            Row(
                "web:\n  lisen: x\n",
                "gateway.yaml:2:3: web.lisen: unknown key, did you mean \"listen\"? allowed: "
                    + "listen, configFile, maxConnections, runbookBaseURL"
            ),
            Row(
                "zzz: 1\n",
                "gateway.yaml:1:1: zzz: unknown key; allowed: agent, supervisor, store, actions, web, logging, limits, variables, templates, redpanda, processes, flows, protocolConverters"
            ),
            Row("web: 5\n", "gateway.yaml:1:6: web: expected a mapping, found a number"),
            Row("web: [a]\n", "gateway.yaml:1:6: web: expected a mapping, found a list"),
            Row("processes: {a: 1}\n", "gateway.yaml:1:12: processes: expected a list, found a mapping"),
            Row(
                "agent: {name: 5}\n",
                "gateway.yaml:1:15: agent.name: expected a valid name, found a number; put it in quotes"),
            Row("agent: {name: true}\n", "agent.name: expected a valid name, found a boolean; put it in quotes"),
            Row("agent: {name: }\n", "agent.name: expected a valid name, found nothing"),
            Row("agent: {name: a/b}\n", "\"a/b\" is not a valid name; allowed: 1 to 63 characters of A-Z a-z 0-9 _ -"),
            Row("actions: {workers: many}\n", "\"many\" is not a whole number; allowed: 1 to 1000"),
            Row("actions: {workers: 0}\n", "\"0\" is out of range; allowed: 1 to 1000"),
            Row("actions: {workers: 1.5}\n", "\"1.5\" is not a whole number"),
            Row("actions: {workers: 010}\n", "\"010\" is not a whole number"),
            Row("actions: {workers: +1}\n", "\"+1\" is not a whole number"),
            Row("actions: {workers: 99999999999999999999}\n", "is not a whole number"),
            Row("actions: {workers: \"5\"}\n", "expected a whole number, found a string; remove the quotes"),
            Row("supervisor: {tickInterval: 100}\n", "\"100\" is not a duration; allowed: 10ms to 10s, written like"),
            Row("supervisor: {tickInterval: 1h}\n", "\"1h\" is out of range; allowed: 10ms to 10s"),
            Row("supervisor: {tickInterval: 99999999999999999999h}\n", "is not a duration"),
            Row("supervisor: {tickInterval: 9223372036854775807h}\n", "is not a duration"),
            Row("logging: {level: loud}\n", "\"loud\" is not a log level; allowed: trace, debug, info, notice"),
            Row("logging: {format: {}}\n", "expected a log format, found a mapping"),
            Row("web: {listen: 9620}\n", "\"9620\" is not an address; allowed: HOST:PORT with a port from 0 to 65535"),
            Row("web: {listen: '::1:80'}\n", "\"::1:80\" is not an address"),
            Row("web: {listen: 'a:65536'}\n", "\"a:65536\" is not an address"),
            Row("web: {listen: 'a:99999999999999999999'}\n", "is not an address"),
            Row("web: {listen: ':80'}\n", "\":80\" is not an address"),
            Row(
                "agent: {name: a}\nagent: {name: b}\n",
                "gateway.yaml:2:1: agent: duplicate key; it is already set at line 1"),
            Row("{{ a }}\n", "gateway.yaml:1:2: a key must be a single word, not a list or a mapping; an expression"),
            Row("[a]: 1\n", "gateway.yaml:1:1: a key must be a single word"),
            Row("agent: {name: !!int x}\n", "the tag \"tag:yaml.org,2002:int\" is not supported"),
            Row("- a\n", "gateway.yaml:1:1: the file must be a mapping of sections"),
            Row("a: [\n", "gateway.yaml:2:1: did not find expected node content"),
            Row("a: 1\n---\nb: 2\n", "gateway.yaml:2:1: a second document begins here"),
            Row("", "gateway.yaml:1:1: the file is empty; write at least one section"),
            Row("# nothing\n", "gateway.yaml:1:1: the file holds no settings; write at least one section"),
            Row("---\n", "gateway.yaml:1:1: the file holds no settings"),
        ]
    )
    func problem(row: Row) throws {
        try expect(row)
    }

    @Test(
        "a wrong process is reported with its place, its path and what is allowed",
        arguments: [
            Row("command: [x]", "gateway.yaml:2:5: processes[0].name: missing; it is required"),
            Row(
                "name: ..\n    command: [x]",
                "\"..\" is not a valid name; allowed: 1 to 63 characters of A-Z a-z 0-9 _ . -, not only"),
            Row("name: a", "gateway.yaml:2:5: processes[0].command: missing; it is required: The program"),
            Row("name: a\n    command: x", "gateway.yaml:3:14: processes[0].command: expected a list, found a string"),
            Row("name: a\n    command: []", "processes[0].command: 0 elements; allowed: 1 to 4096"),
            Row("name: a\n    command: [{}]", "processes[0].command[0]: expected a string, found a mapping"),
            Row("name: a\n    command: [\"a\\0b\"]", "processes[0].command[0]: the value contains a NUL byte"),
            Row("name: a\n    group: x.y\n    command: [x]", "processes[0].group: \"x.y\" is not a valid name"),
            Row(
                "name: a\n    command: [x]\n    environment: {1A: b}",
                "processes[0].environment.1A: \"1A\" is not a name; allowed: 1 to 255 characters of A-Z a-z 0-9 _, not beginning"
            ),
            Row(
                "name: a\n    command: [x]\n    umask: 8",
                "processes[0].umask: \"8\" is not a umask; allowed: octal digits"),
            Row("name: a\n    command: [x]\n    umask: '01777'", "\"01777\" is not a umask"),
            Row("name: a\n    command: [x]\n    enabled: yes", "\"yes\" is not a boolean; allowed: true, false"),
            Row(
                "name: a\n    command: [x]\n    restart: {policy: sometimes}",
                "gateway.yaml:4:23: processes[0].restart.policy: \"sometimes\" is not a restart policy; "
                    + "allowed: always, onFailure, never"
            ),
            Row("name: a\n    command: [x]\n    restart: {successExitCodes: [256]}", "allowed: 0 to 255"),
            Row(
                "name: a\n    command: [x]\n    restart: {initialDelay: 2m}",
                "gateway.yaml:4:29: processes[0].restart.maximumDelay: 1m is below initialDelay, which is 2m"
            ),
            Row(
                "name: a\n    command: [x]\n    probes: {startup: {period: 1s}}",
                "processes[0].probes.startup: exactly one of tcp, http, alive, exec, log, notify, metric is needed; found: none"
            ),
            Row(
                "name: a\n    command: [x]\n    probes: {startup: {alive: {}, tcp: {address: 'a:1'}}}",
                "processes[0].probes.startup: exactly one of tcp, http, alive, exec, log, notify, metric is needed; found: tcp, alive"
            ),
            Row(
                "name: a\n    command: [x]\n    probes: {liveness: {alive: {}, successThreshold: 2}}",
                "processes[0].probes.liveness.successThreshold: \"2\" is out of range; allowed: 1"
            ),
            Row(
                "name: a\n    command: [x]\n    probes: {readiness: {tcp: {address: 'a:0'}}}",
                "processes[0].probes.readiness.tcp.address: \"a:0\" is out of range; allowed: HOST:PORT with a port from 1"
            ),
            Row(
                "name: a\n    command: [x]\n    probes: {readiness: {tcp: {}}}", "probes.readiness.tcp.address: missing"
            ),
            Row(
                "name: a\n    command: [x]\n    probes: {readiness: {http: {url: 'ftp://a'}}}",
                "\"ftp://a\" is not an HTTP address; allowed: http://HOST"
            ),
            Row(
                "name: a\n    command: [x]\n    probes: {readiness: {http: {url: 'http://a b/'}}}",
                "is not an HTTP address"),
            Row("name: a\n    command: [x]\n    probes: {readiness: {alive: {x: 1}}}", "unknown key; allowed: none"),
            Row(
                "name: a\n    command: [x]\n    workingDirectory: nowhere",
                "gateway.yaml:4:23: processes[0].workingDirectory:"
            ),
        ]
    )
    func processProblem(row: Row) throws {
        try expect(Row("processes:\n  - \(row.text)\n", row.problem))
    }

    @Test("all problems are reported at once, in the order of their places")
    func all() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write(
            "x: 1\nprocesses:\n  - name: a\n    command: x\n    dependsOn: [b]\nlogging: {level: loud}\n".utf8)
        try fixture.write("y: 1\n".utf8, to: "conf.d/a.yaml")
        try fixture.write("z: [\n".utf8, to: "conf.d/b.yaml")
        let flag = ConfigurationOverride(flag: "--listen", path: "web.listen", value: "x")
        let unknown = ConfigurationOverride(flag: "--what", path: "web.what", value: "x")
        let problems = fixture.problems(
            environment: ["GATEWARDEN_ACTIONS_WORKERS": "none", "GATEWARDEN_WEB_LISTE": ""],
            flags: [flag, unknown]
        )
        let expected = [
            "gateway.yaml:1:1: x: unknown key", "gateway.yaml:4:14: processes[0].command: expected a list",
            "gateway.yaml:6:18: logging.level:", "conf.d/a.yaml:1:1: y: unknown key", "conf.d/b.yaml:2:1:",
            "environment GATEWARDEN_WEB_LISTE: no setting has this name, did you mean \"GATEWARDEN_WEB_LISTEN\"?",
            "environment GATEWARDEN_ACTIONS_WORKERS: actions.workers: \"none\" is not a whole number",
            "flag --what: web.what: no single setting has this name",
            "flag --listen: web.listen: \"x\" is not an address",
        ]
        #expect(problems.count == expected.count)
        for (problem, start) in zip(problems, expected) { #expect(problem.hasPrefix(start), "\(problem)") }
    }

    @Test("a program that the lookup does not find is reported at its place, with what the lookup was asked")
    func program() throws {
        let fixture = try ConfigurationFixture()
        let text = """
            processes:
              - {name: a, command: [nowhere]}
              - {name: b, command: [./b], environment: {PATH: /opt}}
              - {name: c, command: [off], enabled: false}
            """
        try fixture.write(text.utf8)
        let problems = fixture.problems(environment: ["PATH": "/bin"]) { program, folder, path in
            "\(program) in \(folder) by \(path ?? "-")"
        }
        let folder = fixture.folder
        #expect(
            problems == [
                "gateway.yaml:2:25: processes[0].command[0]: nowhere in \(folder) by /bin",
                "gateway.yaml:3:25: processes[1].command[0]: \(folder)/b in \(folder) by /opt",
            ]
        )
    }

    @Test("a list of problems without end is cut and counted")
    func flood() throws {
        let text = (0..<3000).map { "key\($0): 1\n" }.joined()
        let fixture = try ConfigurationFixture()
        try fixture.write(text.utf8)
        let error = #expect(throws: ConfigurationProblems.self) { try fixture.load() }
        #expect(error?.problems.count == ConfigurationProblems.maximumCount)
        #expect(error?.omittedCount == 2000)
        #expect(error?.description.hasSuffix("... and 2000 more problems") == true)
    }

    private func expect(_ row: Row) throws {
        let problems = try ConfigurationFixture.problems(row.text)
        #expect(problems.count == 1)
        #expect(problems.first?.contains(row.problem) == true, "\(problems)")
    }
}
