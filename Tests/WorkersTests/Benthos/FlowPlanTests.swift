import ProcessControl
import Testing
import YAML

@testable import Workers

@Suite("FlowPlan")
struct FlowPlanTests {
    private func plan(_ document: YAMLValue) throws -> FlowPlan {
        let command = ProcessCommand(program: "benthos", environment: ProcessEnvironment(gateway: [:]))
        return try FlowPlan(BenthosConfiguration(command: command, document: document))
    }

    @Test("a flow gets an HTTP server on a port of its own, a JSON log and Prometheus metrics")
    func additions() throws {
        let plan = try plan(.mapping([YAMLField("input", .mapping([YAMLField("generate", .mapping([]))]))]))
        #expect(
            plan.text == """
                input:
                  generate: {}
                http:
                  enabled: true
                  address: "127.0.0.1:${GATEWARDEN_FLOW_PORT}"
                logger:
                  format: json
                  add_timestamp: true
                metrics:
                  prometheus: {}

                """)
        #expect(plan.fixedPort == nil)
    }

    @Test("an address, a level and options for Prometheus that are written stay as they are")
    func written() throws {
        let plan = try plan(
            .mapping([
                YAMLField(
                    "http",
                    .mapping([YAMLField("address", .string("0.0.0.0:4195")), YAMLField("enabled", .boolean(false))])),
                YAMLField(
                    "logger", .mapping([YAMLField("level", .string("DEBUG")), YAMLField("format", .string("logfmt"))])),
                YAMLField(
                    "metrics",
                    .mapping([
                        YAMLField("prometheus", .mapping([YAMLField("use_histogram_timing", .boolean(true))]))
                    ])),
            ]))
        #expect(plan.fixedPort == 4195)
        #expect(plan.text.contains("address: \"0.0.0.0:4195\"\n  enabled: true"))
        #expect(plan.text.contains("level: DEBUG\n  format: json"))
        #expect(plan.text.contains("use_histogram_timing: true"))
    }

    @Test("metrics that are written for another system give way")
    func otherMetrics() throws {
        let plan = try plan(.mapping([YAMLField("metrics", .mapping([YAMLField("none", .mapping([]))]))]))
        #expect(!plan.text.contains("none"))
    }

    @Test("equal configurations have equal revisions, others have others")
    func revision() throws {
        let one = try plan(.mapping([YAMLField("input", .string("a"))]))
        #expect(try plan(.mapping([YAMLField("input", .string("a"))])).revision == one.revision)
        #expect(try plan(.mapping([YAMLField("input", .string("b"))])).revision != one.revision)
        #expect(FlowRevision(one.revision.description) == one.revision)
        #expect(FlowRevision("no revision") == nil)
    }

    @Test("the kill comes later than the flow's own shutdown timeout")
    func stopTimeout() throws {
        let command = ProcessCommand(program: "benthos", environment: ProcessEnvironment(gateway: [:]))
        let configuration = BenthosConfiguration(command: command, document: .mapping([]), shutdownTime: .seconds(20))
        #expect(try FlowPlan(configuration).process.stopTimeout > .seconds(20))
    }
}
