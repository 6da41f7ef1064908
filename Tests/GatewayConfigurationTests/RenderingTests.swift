import GatewayConfiguration
import Testing

@Suite("Rendering")
struct RenderingTests {
    private static let sample = """
        agent: {name: box, location: {site: "Kö\\tln # \\"1\\" \\u2028 \\\\", area: 'true'}}
        processes:
          - name: broker
            command: [redpanda, "", "- a: b", 5, ~x]
            environment: {PORT: 1, EMPTY: ""}
            stopTimeout: 90s
            restart: {policy: never, successExitCodes: [0, 1]}
            probes:
              startup: {http: {url: "http://a/ping", status: 204}}
              liveness: {alive: {}}
          - {name: flow, group: press, command: [x], dependsOn: [broker], umask: "0007"}
        """

    @Test("every value carries its source")
    func sources() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("logging:\n  level: debug\n".utf8)
        let flag = ConfigurationOverride(flag: "--log-format", path: "logging.format", value: "text")
        let text = try fixture.load(environment: ["GATEWARDEN_WEB_LISTEN": "[::]:0"], flags: [flag]).rendered()
        let expected = """
            agent:
              name: "gateway"  # default
              location:
                enterprise: ""  # default
                site: ""  # default
                area: ""  # default
                line: ""  # default
            supervisor:
              tickInterval: 100ms  # default
              collectorInterval: 1s  # default
              staleAfter: 10s  # default
              collectorRestartAfter: 20s  # default
              shutdownTimeout: 1m30s  # default
              circuit:
                failureThreshold: 3  # default
                initialDelay: 1s  # default
                maximumDelay: 1m  # default
                attemptWindow: 5m  # default
                maxAttempts: 5  # default
                reportInterval: 1s  # default
                settleTime: 500ms  # default
            store:
              observedFlushInterval: 30s  # default
              prefix: "fsmv2_"  # default
            actions:
              workers: 10  # default
              queueLimit: 100  # default
              timeout: 30s  # default
              grace: 5s  # default
            web:
              listen: "[::]:0"  # environment GATEWARDEN_WEB_LISTEN
              maxConnections: 100  # default
            logging:
              level: "debug"  # \(fixture.mainFile):2:10
              format: "text"  # flag --log-format
              output: "auto"  # default
              foldWindow: 10s  # default
            limits:
              flowPorts:
                first: 14200  # default
                last: 15199  # default
              logBytes: "512M"  # default
              heavyStarts: 1  # default
            variables: {}  # default
            templates: {}  # default
            processes: []  # default
            flows: []  # default
            protocolConverters: []  # default

            """
        #expect(text == expected)
    }

    @Test("what is rendered loads again to the same configuration, and renders the same but for places")
    func roundTrip() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write(Self.sample.utf8)
        let first = try fixture.load()
        try fixture.write(first.rendered().utf8)
        let second = try fixture.load()
        #expect(second.configuration == first.configuration)
        #expect(second.configuration.agent.location.site == "Kö\tln # \"1\" \u{2028} \\")
        #expect(withoutComments(second.rendered()) == withoutComments(first.rendered()))
    }

    @Test("variables whose names say that they are secret are masked, others are shown")
    func secrets() throws {
        let text = """
            processes:
              - name: a
                command: [x]
                environment: {API_TOKEN: hush, db_password: hush, KEYBOARD: shown}
            """
        let loaded = try ConfigurationFixture.load(text)
        let rendered = loaded.rendered()
        #expect(!rendered.contains("hush"))
        #expect(rendered.contains("API_TOKEN: \"********\"  #"))
        #expect(rendered.contains("db_password: \"********\"  #"))
        #expect(rendered.contains("KEYBOARD: \"shown\"  #"))
        #expect(loaded.configuration.processes[0].environment["API_TOKEN"] == "hush")
    }

    @Test("variables are shown resolved, and every value with its expressions replaced")
    func templates() throws {
        let fixture = try ConfigurationFixture()
        let text = """
            variables: {host: api, url: "http://{{ global.host }}", list: [1, [true, {"a b": 007}], {}]}
            processes:
              - name: a
                variables: {n: 1.50, u: "{{ global.url }}/{{ n }}"}
                command: [x, "{{ u }}", '{{ "{{" }} n }}', "{{ n }}"]
            """
        try fixture.write(text.utf8)
        let first = try fixture.load()
        let shown = first.rendered()
        let place = "\(fixture.mainFile):"
        let expected = [
            "variables:\n  host: \"api\"  # \(place)1:19\n  url: \"http://api\"  # \(place)1:29\n",
            "  list:\n    - 1  # \(place)1:64\n    -\n      - true  # \(place)1:68\n      -\n",
            "        \"a b\": 007  # \(place)1:82\n    - {}  # \(place)1:89\n",
            "      n: 1.50  # \(place)4:20\n      u: \"http://api/1.50\"  # \(place)4:29\n",
            "      - \"http://api/1.50\"  # \(place)5:18\n      - \"{{ \\\"{{\\\" }} n }}\"  # \(place)5:29\n",
        ]
        for lines in expected { #expect(shown.contains(lines), "\(shown)") }
        try fixture.write(shown.utf8)
        let second = try fixture.load()
        #expect(second.configuration == first.configuration)
        #expect(second.configuration.processes[0].command == ["x", "http://api/1.50", "{{ n }}", "1.50"])
        #expect(withoutComments(second.rendered()) == withoutComments(shown))
    }

    @Test("a variable whose name says that it is secret is masked, and so is every value that it became a part of")
    func secretVariables() throws {
        let text = """
            variables: {db: {password: hush, host: shown-1}, url: "http://u:{{ global.db.password }}@shown-2", open: shown-3}
            processes:
              - name: a
                variables: {apiToken: hush, copy: "{{ apiToken }}", all: "{{ global.db }}"}
                command: [x, "--t={{ copy }}", "{{ global.url }}", "{{ global.open }}", "{{ all.host }}"]
                environment: {URL: "{{ global.url }}"}
            """
        let loaded = try ConfigurationFixture.load(text)
        let shown = loaded.rendered()
        #expect(!shown.contains("hush") && !shown.contains("shown-2"), "\(shown)")
        #expect(shown.contains("\"shown-3\"") && shown.contains("\"shown-1\""), "\(shown)")
        #expect(loaded.configuration.processes[0].command[1...2] == ["--t=hush", "http://u:hush@shown-2"])
        #expect(shown.ranges(of: "********").count == 8, "\(shown)")
    }

    @Test("a secret field is masked, and so is every element of a secret list")
    func secretFields() {
        let token = Setting<String?>("token", .string(nil), secrecy: .secret, help: "A token.")
        let keys = Setting<[String]>(
            "keys", .list(of: .text, count: 0...9), default: [], secrecy: .secret, help: "Keys.")
        var object = ConfigurationObject()
        object.append(ConfigurationValue("hush".content, source: .flag("--token")), as: "token")
        object.append(ConfigurationValue(["hush", "hush"].content, source: .standard), as: "keys")
        var renderer = ConfigurationRenderer()
        renderer.render(object, ObjectSchema([token.field, keys.field]))
        let mask = "\"********\""
        let expected = "token: \(mask)  # flag --token\nkeys:\n  - \(mask)  # default\n  - \(mask)  # default\n"
        #expect(renderer.text == expected)
    }

    @Test("a file name cannot forge a line of the output")
    func fileName() {
        let source = ConfigurationSource.file("a\nweb:", line: 1, column: 1)
        #expect(source.description == "a\\u{a}web::1:1")
    }

    private func withoutComments(_ text: String) -> [Substring] {
        text.split(separator: "\n").map { line in
            line.ranges(of: "  # ").last.map { line[..<$0.lowerBound] } ?? line
        }
    }
}
