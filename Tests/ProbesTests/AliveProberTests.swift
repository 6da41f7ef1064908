import Probes
import Testing

@Suite("Alive prober")
struct AliveProberTests {
    @Test("a running process passes")
    func alive() async throws {
        try await AliveProber { true }.probe(within: .seconds(1))
    }

    @Test("a process that is gone fails")
    func gone() async {
        await #expect(throws: ProbeFailure(code: .notAlive, message: "the process is not running")) {
            try await AliveProber { false }.probe(within: .seconds(1))
        }
    }
}
