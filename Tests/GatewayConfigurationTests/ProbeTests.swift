import GatewayConfiguration
import MetricSelection
import Testing

@Suite("Probes in a configuration")
struct ProbeTests {
    @Test("each kind of probe is read, with the defaults of its kind")
    func kinds() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write(
            Self.processes(
                "startup: {exec: {command: [./check, --port, 5]}, timeout: 2s}",
                "readiness: {log: {contains: ready, failsOn: already in use}}",
                "liveness: {notify: {}}"
            ).utf8
        )
        let probes = try #require(fixture.load().configuration.processes.first).probes
        #expect(probes.startup?.kind == .exec(command: ["\(fixture.folder)/check", "--port", "5"]))
        #expect(probes.startup?.timeout == .seconds(2))
        #expect(probes.readiness?.kind == .log(contains: "ready", failsOn: "already in use"))
        #expect(probes.liveness?.kind == .notify(descriptor: 3))
    }

    struct Metric: Sendable, CustomTestStringConvertible {
        var text: String
        var expectation: ProbeSection.Expectation
        var testDescription: String { text }
    }

    @Test(
        "a metric has one expectation",
        arguments: [
            Metric(text: "above: 0", expectation: .above(0)),
            Metric(text: "below: -0.5", expectation: .below(-0.5)),
            Metric(text: "equals: 1", expectation: .equals(1)),
        ]
    )
    func metric(_ row: Metric) throws {
        let text = "readiness: {metric: {url: 'http://a/metrics', select: 'up{ a = \"b\" }', \(row.text)}}"
        let loaded = try ConfigurationFixture.load(Self.processes(text))
        let selector = try MetricSelector("up{a=\"b\"}")
        let probe = loaded.configuration.processes.first?.probes.readiness
        #expect(probe?.kind == .metric(url: "http://a/metrics", selector, row.expectation))
    }

    @Test("what is rendered loads again to the same probes")
    func roundTrip() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write(
            Self.processes(
                "startup: {exec: {command: [check, '- a']}}",
                "readiness: {metric: {url: 'http://a', select: 'up{a=\"b\\\\\"}', above: 0.50}}",
                "liveness: {log: {contains: 'a: b'}}"
            ).utf8
        )
        let first = try fixture.load()
        let shown = first.rendered()
        #expect(shown.contains("above: 0.50  #"), "\(shown)")
        #expect(shown.contains("select: \"up{a=\\\"b\\\\\\\\\\\"}\"  #"), "\(shown)")
        try fixture.write(shown.utf8)
        #expect(try fixture.load().configuration == first.configuration)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var probes: [String]
        var problem: String
        var testDescription: String { problem }

        init(_ probes: String..., problem: String) {
            self.probes = probes
            self.problem = problem
        }
    }

    @Test(
        "a wrong probe is reported with its place, its path and what is allowed",
        arguments: [
            Row("startup: {exec: {}}", problem: "probes.startup.exec.command: missing; it is required"),
            Row("startup: {exec: {command: check}}", problem: "exec.command: expected a list, found a string"),
            Row("startup: {exec: {command: []}}", problem: "exec.command: 0 elements; allowed: 1 to 4096"),
            Row("startup: {log: {}}", problem: "probes.startup.log.contains: missing; it is required"),
            Row("startup: {log: {matches: x, contains: x}}", problem: "log.matches: unknown key"),
            Row("startup: {notify: {descriptor: 2}}", problem: "\"2\" is out of range; allowed: 3 to 9"),
            Row(
                "startup: {notify: {}}", "liveness: {alive: {}}", "readiness: {notify: {descriptor: 4}}",
                problem: "gateway.yaml:7:40: processes[0].probes.readiness.notify.descriptor: another probe of this "
                    + "process has 3; a process notifies on one descriptor, use the same"
            ),
            Row(
                "startup: {metric: {url: 'http://a', select: up}}",
                problem: "probes.startup.metric: exactly one of above, below, equals is needed; found: none"
            ),
            Row(
                "startup: {metric: {url: 'http://a', select: up, above: 1, below: 2}}",
                problem: "probes.startup.metric: exactly one of above, below, equals is needed; found: above, below"
            ),
            Row(
                "startup: {metric: {url: 'http://a', select: up, above: much}}",
                problem: "metric.above: \"much\" is not a number"
            ),
            Row(
                "startup: {metric: {url: 'http://a', select: up, above: '1'}}",
                problem: "metric.above: expected a number, found a string; remove the quotes"
            ),
            Row(
                "startup: {metric: {url: a, select: up, above: 1}}",
                problem: "metric.url: \"a\" is not an HTTP address"
            ),
            Row(
                "startup: {metric: {url: 'http://a', select: 'up{a=b}', above: 1}}",
                problem: "gateway.yaml:5:51: processes[0].probes.startup.metric.select: \"up{a=b}\" is not a metric "
                    + "selector, character 6: expected a value in quotes; "
                    + "allowed: NAME or NAME{LABEL=\"VALUE\",LABEL!=\"VALUE\"}"
            ),
        ]
    )
    func problems(_ row: Row) throws {
        let fixture = try ConfigurationFixture()
        try fixture.write(Self.processes(row.probes).utf8)
        let problems = fixture.problems()
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.contains(row.problem) == true, "\(problems)")
    }

    @Test("a command that is not there is reported with its place")
    func missingCommand() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write(Self.processes("readiness: {exec: {command: [./check]}}").utf8)
        let error = #expect(throws: ConfigurationProblems.self) {
            try fixture.load(lookUp: { program, _, _ in program.hasSuffix("/check") ? "\(program) is missing" : nil })
        }
        let path = "processes[0].probes.readiness.exec.command[0]"
        #expect("\(try #require(error))".contains("5:36: \(path): \(fixture.folder)/check is missing"))
    }

    private static func processes(_ probes: String...) -> String { processes(probes) }

    private static func processes(_ probes: [String]) -> String {
        let lines = ["processes:", "  - name: a", "    command: [x]", "    probes:"] + probes.map { "      \($0)" }
        return lines.joined(separator: "\n")
    }
}
