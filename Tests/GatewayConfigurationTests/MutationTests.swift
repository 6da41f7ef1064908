import GatewayConfiguration
import Supervision
import Testing

@Suite("Mutated configurations")
struct MutationTests {
    private static let sample = Array(
        """
        agent: {name: box, location: {site: x}}
        web: {listen: "127.0.0.1:0"}
        variables: {host: a, url: "http://{{ global.host }}:1", list: [{x: 1}, "{{ global.url }}"]}
        processes:
          - &one
            name: broker
            group: press
            command: [redpanda, "--x"]
            variables: {A: "{{ B.c }}", B: {c: "{{ global.url }}"}}
            environment: {PORT: 1, URL: "{{ A }}/{{ internal.name }}"}
            umask: "0022"
            dependsOn: [oven]
            stopTimeout: 1m30s
            probes: {startup: {http: {url: "http://a:1/ping", status: 200}, timeout: 2s}}
          - {name: oven, command: [x], restart: {policy: never, successExitCodes: [0]}}
        templates:
          flow: {flow: {a: "{{ X }}", shutdown_timeout: 5s}}
          device: {connection: {endpoint: "{{ IP }}:1"}, dfc_read: {template: flow, variables: {X: 1}}}
        redpanda: {memory: 2G, cluster: {a: 1}, properties: {b: ~}, limits: {cpu: 0.5}}
        flows: [{name: f, template: flow, variables: {X: [yes]}}, {name: g, config: {a: {<: 1}}, dependsOn: [f]}]
        protocolConverters: [{name: c, template: device, variables: {IP: a}, dependsOn: [redpanda]}]
        limits: {flowPorts: {first: 1000, last: 2000}, logBytes: 1G}
        """.utf8
    )

    private static let declaration = Array(
        """
        - {name: a, workerType: application, location: {line: x}, children: [{name: b, workerType: calculator}]}
        - name: c
          workerType: process
          userSpec:
            variables: {A: "{{ global.apiURL }}", B: [1, "{{ A }}"]}
            config: {command: [x, "{{ A }}"], environment: {B: "{{ internal.path }}"}, stopTimeout: 1s}
          stateMapping: {stopping: stopped}
          dependsOn: [a]
        - {name: d, workerType: benthos, userSpec: {config: {config: {shutdown_timeout: 5s}, stallAfter: 1m}}}
        - name: e
          workerType: protocolConverter
          userSpec: {config: {connection: {endpoint: "a:1"}, dfc_write: {config: {a: 1}, dependsOn: [connection]}}}
        """.utf8
    )

    @Test(
        "whatever is changed in a configuration, loading answers with a configuration or with problems that have places"
    )
    func mutations() throws {
        let fixture = try ConfigurationFixture()
        var generator = SplitMix64(seed: 1)
        for _ in 0..<300 {
            try fixture.write(Self.mutation(of: Self.sample, using: &generator))
            for problem in fixture.problems() {
                #expect(problem.hasPrefix("gateway.yaml:"), "\(problem)")
            }
        }
    }

    @Test("whatever is changed in a declaration, loading answers with children or with problems that have places")
    func declarations() {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<1000 {
            let bytes = Self.mutation(of: Self.declaration, using: &generator)
            for problem in ChildDeclarationFixture.problems(String(decoding: bytes, as: UTF8.self)) {
                #expect(problem.hasPrefix("child.yaml:"), "\(problem)")
            }
        }
    }

    /// Replaces a few short ranges by pieces of the sample or by any byte.
    private static func mutation(of sample: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
        var bytes = sample
        for _ in 0...Int.random(in: 0..<4, using: &generator) {
            let start = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, start + Int.random(in: 0..<6, using: &generator))
            let from = Int.random(in: 0..<sample.count - 8, using: &generator)
            let piece =
                Bool.random(using: &generator)
                ? sample[from..<from + Int.random(in: 0..<8, using: &generator)]
                : [UInt8.random(in: 0...255, using: &generator)]
            bytes.replaceSubrange(start..<end, with: piece)
            if bytes.isEmpty { bytes = sample }
        }
        return bytes
    }
}
