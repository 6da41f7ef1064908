import GatewayConfiguration
import Testing

@Suite("Sections supervisor, store and actions")
struct SupervisorSectionTests {
    @Test("the circuit, the staleness, the store and the grace have defaults")
    func defaults() throws {
        let configuration = try ConfigurationFixture.load("{}").configuration
        let circuit = configuration.supervisor.circuit
        #expect(circuit.failureThreshold == 3)
        #expect(circuit.initialDelay == .seconds(1))
        #expect(circuit.maximumDelay == .seconds(60))
        #expect(circuit.attemptWindow == .seconds(300))
        #expect(circuit.maxAttempts == 5)
        #expect(circuit.reportInterval == .seconds(1))
        #expect(circuit.settleTime == .milliseconds(500))
        #expect(configuration.supervisor.staleAfter == .seconds(10))
        #expect(configuration.supervisor.collectorRestartAfter == .seconds(20))
        #expect(configuration.store.observedFlushInterval == .seconds(30))
        #expect(configuration.store.prefix == "fsmv2_")
        #expect(configuration.actions.grace == .seconds(5))
    }

    @Test("every value can be set, by file and by environment")
    func everyValue() throws {
        let text = """
            supervisor:
              staleAfter: 1h
              collectorRestartAfter: 1h
              circuit:
                failureThreshold: 1
                initialDelay: 10ms
                maximumDelay: 10ms
                attemptWindow: 24h
                maxAttempts: 1000
                reportInterval: 0s
                settleTime: 0s
            store: {observedFlushInterval: 24h, prefix: 0_a}
            actions: {grace: 10ms}
            """
        let environment = ["GATEWARDEN_SUPERVISOR_CIRCUIT_MAX_ATTEMPTS": "7", "GATEWARDEN_STORE_PREFIX": "b"]
        let configuration = try ConfigurationFixture.load(text, environment: environment).configuration
        let circuit = configuration.supervisor.circuit
        #expect(circuit.failureThreshold == 1)
        #expect(circuit.initialDelay == .milliseconds(10))
        #expect(circuit.maximumDelay == .milliseconds(10))
        #expect(circuit.attemptWindow == .seconds(86400))
        #expect(circuit.maxAttempts == 7)
        #expect(circuit.reportInterval == .zero)
        #expect(circuit.settleTime == .zero)
        #expect(configuration.supervisor.staleAfter == .seconds(3600))
        #expect(configuration.supervisor.collectorRestartAfter == .seconds(3600))
        #expect(configuration.store.observedFlushInterval == .seconds(86400))
        #expect(configuration.store.prefix == "b")
        #expect(configuration.actions.grace == .milliseconds(10))
    }

    @Test(
        "a value outside its bounds is reported with the bounds",
        arguments: [
            ("supervisor: {circuit: {failureThreshold: 0}}", "supervisor.circuit.failureThreshold", "1 to 1000"),
            ("supervisor: {circuit: {failureThreshold: 1001}}", "supervisor.circuit.failureThreshold", "1 to 1000"),
            ("supervisor: {circuit: {initialDelay: 9ms}}", "supervisor.circuit.initialDelay", "10ms to 1h,"),
            ("supervisor: {circuit: {maximumDelay: 61m}}", "supervisor.circuit.maximumDelay", "10ms to 1h,"),
            ("supervisor: {circuit: {attemptWindow: 999ms}}", "supervisor.circuit.attemptWindow", "1s to 24h,"),
            ("supervisor: {circuit: {maxAttempts: 0}}", "supervisor.circuit.maxAttempts", "1 to 1000"),
            ("supervisor: {circuit: {reportInterval: 1h1ms}}", "supervisor.circuit.reportInterval", "0s to 1h,"),
            ("supervisor: {circuit: {settleTime: 2h}}", "supervisor.circuit.settleTime", "0s to 1h,"),
            ("supervisor: {staleAfter: 0s}", "supervisor.staleAfter", "1s to 1h,"),
            ("supervisor: {collectorRestartAfter: 2h}", "supervisor.collectorRestartAfter", "1s to 1h,"),
            ("store: {observedFlushInterval: 500ms}", "store.observedFlushInterval", "1s to 24h,"),
            ("store: {prefix: \"\"}", "store.prefix", "1 to 32 characters of a-z 0-9 _"),
            ("store: {prefix: Fsm}", "store.prefix", "1 to 32 characters of a-z 0-9 _"),
            ("store: {prefix: a-b}", "store.prefix", "1 to 32 characters of a-z 0-9 _"),
            ("store: {prefix: a23456789012345678901234567890123}", "store.prefix", "1 to 32 characters of a-z 0-9 _"),
            ("actions: {grace: 9ms}", "actions.grace", "10ms to 5m,"),
            ("actions: {grace: 301s}", "actions.grace", "10ms to 5m,"),
        ]
    )
    func bounds(text: String, path: String, allowed: String) throws {
        let problems = try ConfigurationFixture.problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("gateway.yaml:1:") == true)
        #expect(problems.first?.contains(": \(path): ") == true, "\(problems)")
        #expect(problems.first?.contains("allowed: \(allowed)") == true, "\(problems)")
    }

    @Test(
        "times that contradict each other are reported at the place of the one that is written",
        arguments: [
            (
                "supervisor:\n  staleAfter: 30s\n",
                "gateway.yaml:2:15: supervisor.collectorRestartAfter: 20s is below staleAfter, which is 30s"
            ),
            (
                "supervisor:\n  staleAfter: 5s\n  collectorRestartAfter: 4s\n",
                "gateway.yaml:3:26: supervisor.collectorRestartAfter: 4s is below staleAfter, which is 5s"
            ),
            (
                "supervisor:\n  circuit: {initialDelay: 2m}\n",
                "gateway.yaml:2:27: supervisor.circuit.maximumDelay: 1m is below initialDelay, which is 2m"
            ),
            (
                "supervisor:\n  circuit: {maximumDelay: 500ms}\n",
                "gateway.yaml:2:27: supervisor.circuit.maximumDelay: 500ms is below initialDelay, which is 1s"
            ),
        ]
    )
    func contradiction(text: String, problem: String) throws {
        #expect(try ConfigurationFixture.problems(text) == [problem])
    }

    @Test("all contradictions are reported at once, those of the environment by its name")
    func together() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("supervisor: {staleAfter: 30s, circuit: {initialDelay: 2m}}".utf8)
        let problems = fixture.problems(environment: ["GATEWARDEN_SUPERVISOR_STALE_AFTER": "25s"])
        #expect(
            problems == [
                "gateway.yaml:1:55: supervisor.circuit.maximumDelay: 1m is below initialDelay, which is 2m",
                "environment GATEWARDEN_SUPERVISOR_STALE_AFTER: supervisor.collectorRestartAfter: "
                    + "20s is below staleAfter, which is 25s",
            ]
        )
    }
}
