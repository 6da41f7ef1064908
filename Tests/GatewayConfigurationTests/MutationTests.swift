import GatewayConfiguration
import Testing

@Suite("Mutated configurations")
struct MutationTests {
    private static let sample = Array(
        """
        agent: {name: box, location: {site: x}}
        web: {listen: "127.0.0.1:0"}
        processes:
          - &one
            name: broker
            group: press
            command: [redpanda, "--x"]
            environment: {PORT: 1}
            umask: "0022"
            dependsOn: [oven]
            stopTimeout: 1m30s
            probes: {startup: {http: {url: "http://a:1/ping", status: 200}, timeout: 2s}}
          - {name: oven, command: [x], restart: {policy: never, successExitCodes: [0]}}
        """.utf8
    )

    @Test(
        "whatever is changed in a configuration, loading answers with a configuration or with problems that have places"
    )
    func mutations() throws {
        let fixture = try ConfigurationFixture()
        var generator = SplitMix(state: 1)
        for _ in 0..<300 {
            var bytes = Self.sample
            for _ in 0...Int.random(in: 0..<4, using: &generator) {
                let start = Int.random(in: 0..<bytes.count, using: &generator)
                let end = min(bytes.count, start + Int.random(in: 0..<6, using: &generator))
                let from = Int.random(in: 0..<Self.sample.count - 8, using: &generator)
                let piece =
                    Bool.random(using: &generator)
                    ? Self.sample[from..<from + Int.random(in: 0..<8, using: &generator)]
                    : [UInt8.random(in: 0...255, using: &generator)]
                bytes.replaceSubrange(start..<end, with: piece)
                if bytes.isEmpty { bytes = Self.sample }
            }
            try fixture.write(bytes)
            for problem in fixture.problems() {
                #expect(problem.hasPrefix("gateway.yaml:"), "\(problem)")
            }
        }
    }
}

/// A small deterministic generator.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
