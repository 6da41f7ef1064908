import GatewayConfiguration
import Testing

@Suite("Child declarations")
struct ChildDeclarationTests {
    @Test("a child with every field is rendered, validated and placed")
    func everyField() throws {
        let text = """
            name: dfc_read
            workerType: process
            userSpec:
              variables: {IP: 10.0.0.1, PORT: "{{ global.modbus }}"}
              config:
                command: [./run, "{{ internal.path }}", "{{ internal.parentPath }}", "{{ internal.id }}"]
                environment: {TARGET: "{{ IP }}:{{ PORT }}", AT: "{{ internal.location }}", API: "{{ global.apiURL }}"}
                workingDirectory: tmp
                stopTimeout: 2s
                startupGrace: 3s
                probes: {readiness: {tcp: {address: "{{ IP }}:{{ PORT }}"}}}
            stateMapping: {stopping: stopped}
            dependsOn: [broker]
            enabled: false
            location: {line: L3, site: south}
            """
        let child = try #require(try ChildDeclarationFixture.load(text).first)
        #expect(child.name == "dfc_read")
        #expect(child.workerType == "process")
        #expect(child.stateMapping == ["stopping": .stopped])
        #expect(child.dependsOn == ["broker"])
        #expect(!child.isEnabled)
        #expect(child.location == LocationSection(enterprise: "acme", site: "south", line: "L3"))
        #expect(child.place == .file("child.yaml", line: 1, column: 1))
        guard case .process(let process) = child.payload else {
            Issue.record("\(child.payload)")
            return
        }
        let path = "gateway/line-3/dfc_read"
        #expect(process.path == ["gateway", "line-3", "dfc_read"])
        #expect(process.command == ["/run", path, "gateway/line-3", path])
        #expect(
            process.environment == ["TARGET": "10.0.0.1:502", "AT": "acme/south/L3", "API": "https://api"]
        )
        #expect(process.workingDirectory == "/tmp")
        #expect(process.stopTimeout == .seconds(2))
        #expect(process.startupGrace == .seconds(3))
        #expect(process.probes.readiness?.kind == Endpoint("10.0.0.1:502").map(ProbeSection.Kind.tcp))
        #expect(process.dependsOn == ["broker"])
        #expect(process.stateMapping == ["stopping": .stopped])
        #expect(!process.isEnabled)
    }

    @Test("a child needs only a name, a worker type and a command")
    func defaults() throws {
        let text = "{name: a, workerType: process, userSpec: {config: {command: [x]}}}"
        let child = try #require(try ChildDeclarationFixture.load(text).first)
        #expect(child.isEnabled && child.dependsOn.isEmpty && child.stateMapping.isEmpty)
        #expect(child.location == ChildDeclarationFixture.context.location)
        guard case .process(let process) = child.payload else {
            Issue.record("\(child.payload)")
            return
        }
        #expect(process.isEnabled && process.restart.policy == .always && process.workingDirectory == "/")
    }

    @Test("applications nest, each with its own path, location and variables")
    func nested() throws {
        let text = """
            - name: press
              workerType: application
              location: {area: hall-2}
              children:
                - {name: connection, workerType: calculator, userSpec: {config: {host: "{{ internal.location }}"}}}
                - name: cell
                  workerType: application
                  dependsOn: [connection]
                  location: {line: L1}
                  children:
                    - {name: flow, workerType: calculator, userSpec: {config: {at: ["{{ internal.location }}", 5, true]}}}
            - {name: other, workerType: application, dependsOn: [press]}
            """
        let children = try ChildDeclarationFixture.load(text)
        #expect(children.map(\.name) == ["press", "other"])
        #expect(children[1].payload == .application([]))
        guard case .application(let inner) = children[0].payload, case .application(let innermost) = inner[1].payload
        else {
            Issue.record("\(children)")
            return
        }
        #expect(inner.map(\.name) == ["connection", "cell"])
        #expect(inner[0].payload == .custom(["host": VariableValue(.string("acme/north/hall-2"))]))
        #expect(inner[1].dependsOn == ["connection"])
        let flow = try #require(innermost.first)
        let values = [VariableValue(.string("acme/north/hall-2/L1")), VariableValue(.number("5"))]
        #expect(flow.payload == .custom(["at": VariableValue(.list(values + [VariableValue(.boolean(true))]))]))
        #expect(flow.place == .file("child.yaml", line: 11, column: 11))
    }

    @Test("a child's time is the injected one")
    func createdAt() throws {
        let text = "{name: a, workerType: calculator, userSpec: {config: {at: \"{{ internal.createdAt }}\"}}}"
        let child = try #require(try ChildDeclarationFixture.load(text).first)
        #expect(child.payload == .custom(["at": VariableValue(.string("2026-11-21T02:05:30.123Z"))]))
    }

    @Test(
        "what is wrong with a declaration is reported at its place with what is allowed",
        arguments: [
            ("", "child.yaml:1:1: expected the declaration of a child, or a list of them"),
            ("text", "child.yaml:1:1: expected the declaration of a child"),
            ("a: [\n", "child.yaml:2:1: did not find expected node content"),
            ("[5]", "child.yaml:1:2: [0]: expected a mapping, found a number"),
            ("{workerType: application}", "child.yaml:1:1: name: missing; it is required"),
            ("{name: a}", "child.yaml:1:1: workerType: missing; it is required"),
            (
                "{name: a, workerType: proces}",
                "child.yaml:1:23: workerType: \"proces\" is not a worker type; allowed: process, application, calculator, redpanda, "
            ),
            (
                "{name: a, workerType: application, replicas: 3}",
                "child.yaml:1:36: replicas: unknown key; allowed: name, workerType, userSpec, stateMapping, dependsOn, "
                    + "enabled, location, children"
            ),
            ("{name: a, workerType: process}", "child.yaml:1:1: userSpec.config.command: missing; it is required"),
            (
                "{name: a, workerType: process, userSpec: {config: {command: [x], umask: 9}}}",
                "child.yaml:1:73: userSpec.config.umask: \"9\" is not a umask"
            ),
            (
                "{name: a, workerType: process, userSpec: {config: {command: [x], restart: {initialDelay: 2m}}}}",
                "userSpec.config.restart.maximumDelay: 1m is below initialDelay, which is 2m"
            ),
            (
                "{name: a, workerType: process, userSpec: {config: {command: [x], workingDirectory: nowhere}}}",
                "userSpec.config.workingDirectory: \"/nowhere\" cannot be used: it does not exist"
            ),
            (
                "{name: a, workerType: process, userSpec: {config: {command: [x], name: b}}}",
                "userSpec.config.name: belongs to the declaration, not to its config; write it beside userSpec"
            ),
            (
                "{name: a, workerType: process, userSpec: {config: {command: [x], variables: {}}}}",
                "userSpec.config.variables: belongs to the declaration, not to its config; write it in userSpec"
            ),
            (
                "{name: a, workerType: process, userSpec: {config: {command: [x], group: b}}}",
                "userSpec.config.group: belongs to the declaration, not to its config; declare an application"
            ),
            (
                "{name: a, workerType: process, userSpec: {config: [x]}}",
                "child.yaml:1:51: userSpec.config: expected a mapping, found a list"
            ),
            (
                "{name: a, workerType: application, userSpec: {config: {command: [x]}}}",
                "userSpec.config.command: unknown key; allowed: none"
            ),
            (
                "{name: a, workerType: calculator, children: [{name: b}]}",
                "children: only a child of the type application has children; remove them or change workerType"
            ),
            (
                "{name: a, workerType: application, children: {name: b}}",
                "child.yaml:1:46: children: expected a list, found a mapping"
            ),
            (
                "{name: a, workerType: application, children: [{name: b, workerType: no}]}",
                "child.yaml:1:69: children[0].workerType: \"no\" is not a worker type"
            ),
            (
                "{name: a, workerType: calculator, userSpec: {config: {b: [1, ~]}}}",
                "child.yaml:1:62: userSpec.config.b[1]: a value is missing; write \"\" for an empty text"
            ),
            (
                "{name: a, workerType: calculator, userSpec: {config: 5}}",
                "userSpec.config: expected a mapping, found a"
            ),
            (
                "{name: a, workerType: calculator, stateMapping: {stopping: off}}",
                "stateMapping.stopping: \"off\" is not a desired state; allowed: running, stopped"
            ),
            (
                "{name: a, workerType: calculator, location: {site: \"{{ x }}\"}}",
                "child.yaml:1:52: location.site: an expression is not accepted in a location"
            ),
            (
                "{name: a, workerType: calculator, userSpec: {config: {b: \"{{ IP }}\"}, variables: {Ip: 1}}}",
                "child.yaml:1:58: userSpec.config.b: child \"a\": unknown variable \"IP\", did you mean \"Ip\"? allowed: Ip, "
                    + "global.apiToken, global.apiURL, global.modbus, internal.createdAt,"
            ),
            (
                "{name: a, workerType: application, userSpec: {variables: {x: \"{{ y }}\", y: \"{{ x }}\"}}}",
                "child.yaml:1:76: userSpec.variables.y: child \"a\": variables refer to each other in a cycle: x -> y -> x"
            ),
            (
                "{name: a, workerType: application, userSpec: {variables: {internal: 1}}}",
                "userSpec.variables.internal: child \"a\": \"internal\" is a tier of its own and cannot be set"
            ),
            (
                "{name: a, workerType: process, userSpec: {config: {command: [x], stopTimeout: \"{{ global.apiToken }}\"}}}",
                "stopTimeout: the value is not a duration;"
            ),
        ]
    )
    func problem(text: String, problem: String) {
        let problems = ChildDeclarationFixture.problems(text)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.contains(problem) == true, "\(problems)")
        #expect(problems.first?.hasPrefix("child.yaml:") == true && problems.first?.contains("hush") == false)
    }

    @Test("an application's own variables are not those of its children")
    func notInherited() {
        let text = """
            name: a
            workerType: application
            userSpec: {variables: {IP: x}}
            children: [{name: b, workerType: calculator, userSpec: {config: {host: "{{ IP }}"}}}]
            """
        let problems = ChildDeclarationFixture.problems(text)
        #expect(problems.count == 1)
        #expect(
            problems.first?.hasPrefix(
                "child.yaml:4:72: children[0].userSpec.config.host: child \"b\": unknown variable \"IP\";"
            ) == true
        )
    }

    @Test("all problems of all children are reported at once, in the order of their places")
    func together() {
        let text = """
            - name: a
              workerType: proc
              userSpec: {config: {command: ["{{ X }}"]}}
              dependsOn: [b, zzz]
            - name: b
              workerType: process
              dependsOn: [a]
              enabled: maybe
              userSpec: {config: {command: [x, "{{ Y }}"], umask: 9}}
            """
        let expected = [
            "child.yaml:2:15: [0].workerType: \"proc\"", "child.yaml:3:33: [0].userSpec.config.command[0]: child \"a\"",
            "child.yaml:4:18: [0].dependsOn[1]: no sibling is named \"zzz\"; allowed: names of children of the same",
            "child.yaml:7:15: [1].dependsOn[0]: dependency cycle a -> b -> a; remove one",
            "child.yaml:8:12: [1].enabled: \"maybe\"", "child.yaml:9:36: [1].userSpec.config.command[1]: child \"b\"",
            "child.yaml:9:55: [1].userSpec.config.umask:",
        ]
        let problems = ChildDeclarationFixture.problems(text)
        #expect(problems.count == expected.count, "\(problems)")
        for (problem, start) in zip(problems, expected) { #expect(problem.hasPrefix(start), "\(problem)") }
    }

    @Test("a declaration is read from a file, whose programs are looked for from its folder")
    func file() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("{name: a, workerType: process, userSpec: {config: {command: [./b]}}}".utf8)
        let file = try ChildDeclarationFile(fixture.mainFile)
        var context = ChildDeclarationFixture.context
        context.folder = file.folder
        let loader = ChildDeclarationFixture.loader { program, folder, path in "\(program) \(folder) \(path ?? "-")" }
        let error = #expect(throws: ConfigurationProblems.self) {
            try loader.load(text: file.text, named: fixture.mainFile, in: context)
        }
        let folder = fixture.folder
        let problem = "\(fixture.mainFile):1:62: userSpec.config.command[0]: \(folder)/b \(folder) /bin"
        #expect(error?.description == problem)
    }

    @Test("a file that is missing, or not UTF-8, is told with its name")
    func unreadableFile() throws {
        let missing = #expect(throws: ConfigurationProblems.self) { try ChildDeclarationFile("/nowhere.yaml") }
        #expect(missing?.description == "/nowhere.yaml:1:1: cannot be opened: it does not exist")
        let fixture = try ConfigurationFixture()
        try fixture.write([0xFF, 0xFE])
        let garbled = #expect(throws: ConfigurationProblems.self) { try ChildDeclarationFile(fixture.mainFile) }
        #expect(garbled?.description == "\(fixture.mainFile):1:1: is not UTF-8; save it as UTF-8")
    }
}
