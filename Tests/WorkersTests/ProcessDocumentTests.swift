import FoundationEssentials
import MetricSelection
import Probes
import ProcessControl
import Supervision
import SystemPackage
import Testing
import Workers

@Suite("Documents of process workers")
struct ProcessDocumentTests {
    private static let command = ProcessCommand(
        program: "redpanda",
        arguments: ["start", "--smp", "1"],
        environment: ProcessEnvironment(
            gateway: ["PATH": "/bin"], declared: ["TOKEN": "secret-value", "A": "other-value"]),
        workingDirectory: "/var/lib/x"
    )

    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test("the desired document tells all but the values of the environment")
    func desired() throws {
        let probes = ProcessProbes(
            startup: ProbeConfiguration(kind: .tcp(host: "127.0.0.1", port: 9092), period: .milliseconds(500)),
            readiness: ProbeConfiguration(kind: .http(HTTPProbe(url: "http://localhost/ready")))
        )
        let restart = RestartPolicy(mode: .onFailure, successExitCodes: [3, 0])
        let startup = """
            {"failureThreshold":3,"host":"127.0.0.1","initialDelaySeconds":0,"kind":"tcp","periodSeconds":0.5,\
            "port":9092,"successThreshold":1,"timeoutSeconds":1}
            """
        let readiness = """
            {"bodyContains":null,"failureThreshold":3,"initialDelaySeconds":0,"kind":"http","periodSeconds":10,\
            "status":null,"successThreshold":1,"timeoutSeconds":1,"url":"http://localhost/ready"}
            """
        let expected = """
            {"command":{"arguments":["start","--smp","1"],"environment":["A","PATH","TOKEN"],"group":null,\
            "isHeavy":false,"limits":{},"onGatewayRestart":"stop","program":"redpanda","umask":"0022","user":null,\
            "workingDirectory":"/var/lib/x"},\
            "probes":{"liveness":null,"readiness":\(readiness),"startup":\(startup)},\
            "restart":{"initialDelaySeconds":1,"maximumDelaySeconds":60,"mode":"onFailure","stableAfterSeconds":10,\
            "successExitCodes":[0,3]},"stopTimeoutSeconds":15}
            """
        let document = try json(ProcessConfiguration(command: Self.command, restart: restart, probes: probes))
        #expect(document == expected)
        #expect(!document.contains("-value"))
    }

    @Test("each kind of probe tells what it asks")
    func kinds() throws {
        let selector = try MetricSelector(#"up{a="b"}"#)
        let kinds: [(ProbeConfiguration.Kind, String)] = [
            (.alive, #""kind":"alive""#),
            (.exec(ExecProbe(program: "check", arguments: ["-q"])), #""command":["check","-q"],"#),
            (.log(LogProbe(contains: "ready")), #""contains":"ready","failsOn":null,"#),
            (.notify(descriptor: 4), #""descriptor":4,"#),
            (
                .metric(MetricProbe(url: "http://a", selector: selector, condition: .above(0))),
                #""expected":"above 0","failureThreshold":3,"initialDelaySeconds":0,"kind":"metric","periodSeconds":10,"#
                    + #""select":"up{a=\"b\"}","#
            ),
        ]
        for (kind, text) in kinds {
            let document = try json(ProcessProbes(liveness: ProbeConfiguration(kind: kind)))
            #expect(document.contains(text), "\(document)")
        }
    }

    /// An observation and its document.
    struct Row: Sendable {
        let observation: ProcessObservation
        let json: String
    }

    private static let none = #"{"failure":null,"status":"notConfigured"}"#
    private static let rows = [
        Row(
            observation: ProcessObservation(),
            json: """
                {"ending":null,"liveness":\(none),"phase":"idle","pid":null,"readiness":\(none),"startup":\(none)}
                """
        ),
        Row(
            observation: ProcessObservation(
                phase: .running(pid: 7),
                startup: .passing,
                readiness: .failing("503"),
                liveness: .pending(lastFailure: "refused")
            ),
            json: """
                {"ending":null,"liveness":{"failure":"refused","status":"pending"},"phase":"running","pid":7,\
                "readiness":{"failure":"503","status":"failing"},"startup":{"failure":null,"status":"passing"}}
                """
        ),
        Row(
            observation: ProcessObservation(
                phase: .ended(ProcessEnding(status: .exited(code: 3), runTime: .milliseconds(1500)))),
            json: """
                {"ending":{"coreDumped":false,"exitCode":3,"runTimeSeconds":1.5,"signal":null},"liveness":\(none),\
                "phase":"ended","pid":null,"readiness":\(none),"startup":\(none)}
                """
        ),
        Row(
            observation: ProcessObservation(
                phase: .ended(ProcessEnding(status: .signaled(.kill, coreDumped: true), runTime: .zero))),
            json: """
                {"ending":{"coreDumped":true,"exitCode":null,"runTimeSeconds":0,"signal":"SIGKILL"},"liveness":\(none),\
                "phase":"ended","pid":null,"readiness":\(none),"startup":\(none)}
                """
        ),
    ]

    @Test("the observed document has every key, null where nothing applies", arguments: rows)
    func observed(_ row: Row) throws {
        #expect(try json(row.observation) == row.json)
    }

    @Test("the documents of an application worker are empty objects")
    func application() throws {
        #expect(try json(ApplicationState.Nothing()) == "{}")
    }

    private static let old = ProcessConfiguration(command: command)
    private static let changes: [(String, ProcessConfiguration, Bool)] = [
        ("nothing", old, true),
        ("restart policy", ProcessConfiguration(command: command, restart: RestartPolicy(mode: .never)), true),
        ("stop timeout", ProcessConfiguration(command: command, stopTimeout: .seconds(1)), true),
        ("probes", ProcessConfiguration(command: command, probes: probed), false),
        ("program", ProcessConfiguration(command: changed(program: "other")), false),
        ("environment", ProcessConfiguration(command: changed(environment: ["TOKEN": "other"])), false),
        ("working directory", ProcessConfiguration(command: changed(workingDirectory: "/tmp")), false),
    ]
    private static let probed = ProcessProbes(liveness: ProbeConfiguration(kind: .alive))

    private static func changed(
        program: String = "redpanda",
        environment: [String: String] = ["TOKEN": "secret-value", "A": "other-value"],
        workingDirectory: String = "/var/lib/x"
    ) -> ProcessCommand {
        ProcessCommand(
            program: program,
            arguments: command.arguments,
            environment: ProcessEnvironment(gateway: ["PATH": "/bin"], declared: environment),
            workingDirectory: FilePath(workingDirectory)
        )
    }

    @Test("a worker follows what concerns the end of its process alone", arguments: changes)
    func follow(_ what: String, _ new: ProcessConfiguration, _ expected: Bool) {
        #expect(ProcessWorker.canFollow(from: Self.old, to: new) == expected, "\(what)")
    }
}
