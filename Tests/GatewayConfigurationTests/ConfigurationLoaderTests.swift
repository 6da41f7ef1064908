import GatewayConfiguration
import Testing

@Suite("Configuration loader")
struct ConfigurationLoaderTests {
    @Test("an empty mapping takes every default")
    func defaults() throws {
        let configuration = try ConfigurationFixture.load("{}").configuration
        #expect(configuration.agent.name == "gateway")
        #expect(configuration.agent.location.site == "")
        #expect(configuration.supervisor.tickInterval == .milliseconds(100))
        #expect(configuration.supervisor.collectorInterval == .seconds(1))
        #expect(configuration.supervisor.shutdownTimeout == .seconds(90))
        #expect(configuration.actions == (try ConfigurationFixture.load("actions:\n").configuration.actions))
        #expect(configuration.actions.workers == 10)
        #expect(configuration.actions.queueLimit == 100)
        #expect(configuration.actions.timeout == .seconds(30))
        #expect(configuration.web.listen.description == "127.0.0.1:9620")
        #expect(configuration.logging.level == .info)
        #expect(configuration.logging.format == .json)
        #expect(configuration.processes.isEmpty)
    }

    @Test("a process needs only a name and a command")
    func processDefaults() throws {
        let text = "processes: [{name: a, command: [sleep, 5]}]"
        let process = try #require(try ConfigurationFixture.load(text).configuration.processes.first)
        #expect(process.path == ["gateway", "a"])
        #expect(process.group == nil)
        #expect(process.command == ["sleep", "5"])
        #expect(process.environment.isEmpty)
        #expect(process.umask.bits == 0o022)
        #expect(process.isEnabled)
        #expect(process.dependsOn.isEmpty)
        #expect(process.stopTimeout == .seconds(15))
        #expect(process.restart.policy == .always)
        #expect(process.restart.successExitCodes == [0])
        #expect(process.restart.initialDelay == .seconds(1))
        #expect(process.restart.maximumDelay == .seconds(60))
        #expect(process.restart.stableAfter == .seconds(10))
        #expect(process.probes.startup == nil)
    }

    @Test("every field of a process is read")
    func everyField() throws {
        let text = """
            agent: {name: box, location: {site: Köln, line: "3"}}
            processes:
              - name: broker
                group: press-1
                command: [redpanda, --verbose]
                environment: {PORT: 9092, DEBUG: true, EMPTY: ""}
                umask: 0077
                enabled: false
                stopTimeout: 1m30s
                restart: {policy: onFailure, successExitCodes: [0, 143], initialDelay: 500ms, maximumDelay: 2m, stableAfter: 1h}
                probes:
                  startup: {http: {url: "http://127.0.0.1:4195/ping", status: 200, bodyContains: pong}}
                  readiness: {tcp: {address: "[::1]:9092"}, period: 2s, timeout: 3s, failureThreshold: 4, successThreshold: 2}
                  liveness: {alive: {}, initialDelay: 5s}
            """
        let configuration = try ConfigurationFixture.load(text).configuration
        #expect(configuration.agent.location.site == "Köln")
        let process = try #require(configuration.processes.first)
        #expect(process.path == ["box", "press-1", "broker"])
        #expect(process.group == "press-1")
        #expect(process.environment == ["PORT": "9092", "DEBUG": "true", "EMPTY": ""])
        #expect(process.umask.bits == 0o077)
        #expect(!process.isEnabled)
        #expect(process.stopTimeout == .seconds(90))
        #expect(process.restart.policy == .onFailure)
        #expect(process.restart.successExitCodes == [0, 143])
        #expect(process.restart.maximumDelay == .seconds(120))
        let startup = try #require(process.probes.startup)
        #expect(startup.kind == .http(url: "http://127.0.0.1:4195/ping", status: 200, bodyContains: "pong"))
        #expect(startup.period == .seconds(1))
        #expect(startup.failureThreshold == 30)
        let readiness = try #require(process.probes.readiness)
        #expect(readiness.kind == Endpoint("[::1]:9092").map(ProbeSection.Kind.tcp))
        #expect(readiness.period == .seconds(2))
        #expect(readiness.timeout == .seconds(3))
        #expect(readiness.successThreshold == 2)
        let liveness = try #require(process.probes.liveness)
        #expect(liveness.kind == .alive)
        #expect(liveness.period == .seconds(10))
        #expect(liveness.failureThreshold == 3)
        #expect(liveness.initialDelay == .seconds(5))
    }

    @Test("relative paths start at the folder of the main file")
    func relativePaths() throws {
        let fixture = try ConfigurationFixture()
        try fixture.makeFolder("flows")
        try fixture.write("processes: [{name: a, command: [./bin/a, ./b], workingDirectory: ./flows/}]".utf8)
        let process = try #require(try fixture.load().configuration.processes.first)
        #expect(process.command == ["\(fixture.folder)/bin/a", "./b"])
        #expect(process.workingDirectory == "\(fixture.folder)/flows")
    }

    @Test("conf.d files merge in byte order: mappings by key, processes append, scalars override")
    func fragments() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("logging: {level: debug, format: text}\nprocesses: [{name: a, command: [x]}]".utf8)
        try fixture.write("logging: {level: error}\nprocesses: [{name: c, command: [x]}]".utf8, to: "conf.d/b.yaml")
        try fixture.write("logging: {level: notice}\nprocesses: [{name: b, command: [x]}]".utf8, to: "conf.d/B.yaml")
        try fixture.write("nonsense".utf8, to: "conf.d/.hidden.yaml")
        try fixture.write("nonsense".utf8, to: "conf.d/c.yaml.bak")
        let loaded = try fixture.load()
        #expect(loaded.configuration.logging.level == .error)
        #expect(loaded.configuration.logging.format == .text)
        #expect(loaded.configuration.processes.map(\.name) == ["a", "b", "c"])
        #expect(loaded.source(of: "logging.level") == .file("\(fixture.folder)/conf.d/b.yaml", line: 1, column: 18))
    }

    @Test("environment beats files, and flags beat both")
    func layers() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("web: {listen: '127.0.0.1:1'}\nlogging: {level: debug}\n".utf8)
        let environment = [
            "GATEWARDEN_WEB_LISTEN": "[::]:0", "GATEWARDEN_SUPERVISOR_TICK_INTERVAL": "20ms",
            "GATEWARDEN_AGENT_LOCATION_SITE": "5", "GATEWARDEN_ACTIONS_WORKERS": "7",
            "GATEWARDEN_LOGGING_LEVEL": "error",
            "GATEWARDEN_CONFIG": "x", "GATEWARDEN_DATA_DIR": "x", "GATEWARDEN_RUN_DIR": "x", "GATEWARDEN_TEST_ANY": "x",
            "OTHER": "x",
        ]
        let flag = ConfigurationOverride(flag: "--log-level", path: "logging.level", value: "warning")
        let loaded = try fixture.load(environment: environment, flags: [flag])
        #expect(loaded.configuration.web.listen.host == "::")
        #expect(loaded.configuration.web.listen.port == 0)
        #expect(loaded.configuration.supervisor.tickInterval == .milliseconds(20))
        #expect(loaded.configuration.agent.location.site == "5")
        #expect(loaded.configuration.actions.workers == 7)
        #expect(loaded.configuration.logging.level == .warning)
        #expect(loaded.source(of: "web.listen") == .environment("GATEWARDEN_WEB_LISTEN"))
        #expect(loaded.source(of: "logging.level") == .flag("--log-level"))
        #expect(loaded.source(of: "logging.format") == .standard)
        #expect(loaded.source(of: "logging.nothing") == nil)
    }

    @Test("the place of every value is known, elements of lists included")
    func sources() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("processes:\n  - name: a\n    command: [x, y]\n".utf8)
        let loaded = try fixture.load()
        #expect(loaded.source(of: "processes[0].command[1]") == .file(fixture.mainFile, line: 3, column: 18))
        #expect(loaded.source(of: "processes[1]") == nil)
        #expect(loaded.source(of: "processes[-1].command[x]") == nil)
    }
}
