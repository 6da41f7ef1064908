import FoundationEssentials
import OperatorHTTP
import Testing

@Suite("Status as JSON")
struct StatusJSONTests {
    @Test("every key is present, null where nothing applies")
    func keys() async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(await FakeGateway().status()), as: UTF8.self)
        let circuit = """
            {"attempts":2,"blamed_child":"/line-1/broker","failing_check":"broker","max_attempts":5,\
            "next_retry_in_ms":1250,"open":true,"recovery_status":"retrying"}
            """
        let child = """
            {"children":[],"circuit":null,"desired":"running","name":"broker","path":"/line-1/broker","pid":null,\
            "ready":false,"reason":null,"restarts":0,"state":"stopped","type":"redpanda","uptime_s":null}
            """
        let root = """
            {"children":[\(child)],"circuit":\(circuit),"desired":"running","name":"root","path":"/","pid":null,\
            "ready":true,"reason":null,"restarts":0,"state":"running","type":"application","uptime_s":null}
            """
        #expect(
            json == """
                {"control_plane":"fsmv2","pid":42,"root":\(root),"state":"running","uptime_s":61.5,"version":"1.2.3"}
                """
        )
    }

    @Test("what is written reads back the same")
    func roundTrip() async throws {
        let status = await FakeGateway().status()
        #expect(try JSONDecoder().decode(GatewayStatus.self, from: JSONEncoder().encode(status)) == status)
    }

    @Test("a circuit without a planned retry has null in its place")
    func closedCircuit() throws {
        let circuit = CircuitStatus(open: false, attempts: 0, maxAttempts: 5, recoveryStatus: "closed")
        let json = String(decoding: try JSONEncoder().encode(circuit), as: UTF8.self)
        for key in ["next_retry_in_ms", "failing_check", "blamed_child"] {
            #expect(json.contains("\"\(key)\":null"))
        }
        #expect(try JSONDecoder().decode(CircuitStatus.self, from: Data(json.utf8)) == circuit)
    }
}
