import GatewayConfiguration
import Testing

@Suite("Section limits and ports")
struct BoxLimitsTests {
    @Test("limits have defaults and are read")
    func values() throws {
        let standard = try ConfigurationFixture.load("{}").configuration.limits
        #expect(standard.flowPorts == 14200...15199 && standard.logBytes.bytes == 512 << 20)
        #expect(standard.heavyStarts == 1)
        let text = "limits: {flowPorts: {first: 1000, last: 1000}, logBytes: 1G, heavyStarts: 2}"
        let limits = try ConfigurationFixture.load(text).configuration.limits
        #expect(limits.flowPorts == 1000...1000 && limits.logBytes.bytes == 1 << 30 && limits.heavyStarts == 2)
    }

    @Test(
        "ports that two would listen on are reported with both places",
        arguments: [
            (
                "web: {listen: \"127.0.0.1:9644\"}\nredpanda: {}",
                ["gateway.yaml:1:15: web.listen: port 9644 is also that of redpanda.admin by default; choose another"]
            ),
            (
                "web: {listen: \"0.0.0.0:9092\"}\nredpanda: {kafka: \"10.0.0.1:9092\"}",
                ["gateway.yaml:2:19: redpanda.kafka: port 9092 is also that of web.listen by FILE:1:15; choose another"]
            ),
            (
                "redpanda: {kafka: \"a:9644\"}",
                [
                    "gateway.yaml:1:19: redpanda.kafka: port 9644 is also that of redpanda.admin by default; choose another"
                ]
            ),
            (
                "redpanda: {rpc: \"localhost:14300\"}",
                [
                    "gateway.yaml:1:17: redpanda.rpc: port 14300 is within limits.flowPorts, which is 14200 to 15199 by default; "
                        + "choose another"
                ]
            ),
            (
                "limits: {flowPorts: {first: 9000, last: 9700}}",
                [
                    "gateway.yaml:1:41: limits.flowPorts: 9000 to 9700 contains port 9620 of web.listen by default; choose other "
                        + "ports"
                ]
            ),
            (
                "limits: {flowPorts: {first: 15200}}",
                ["gateway.yaml:1:29: limits.flowPorts.last: 15199 is below first, which is 15200"]
            ),
            (
                "limits: {flowPorts: {first: 100, last: 100}}\nflows: [{name: a, config: {a: 1}}, {name: b, config: {a: 1}}]",
                ["gateway.yaml:1:40: limits.flowPorts: has 1 ports for 2 flows; make it larger"]
            ),
            ("redpanda: {kafka: \"10.0.0.1:9644\"}", []),
            ("redpanda: {enabled: false, kafka: \"127.0.0.1:9644\"}", []),
            ("web: {listen: \"10.0.0.1:14300\"}", []),
            ("web: {listen: \"127.0.0.1:0\"}\nlimits: {flowPorts: {first: 1, last: 9}}", []),
        ]
    )
    func clashes(text: String, expected: [String]) throws {
        let fixture = try ConfigurationFixture()
        try fixture.write(text.utf8)
        #expect(fixture.problems() == expected.map { $0.replacing("FILE", with: fixture.mainFile) })
    }
}
