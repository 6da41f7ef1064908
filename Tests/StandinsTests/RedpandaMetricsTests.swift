import StandinsTesting
import Testing

/// What a broker says about itself in `/public_metrics`.
@Suite(
    "redpanda: metrics", .enabled(if: Program.broker.isThere, "no redpanda or rpk on PATH"), .timeLimit(.minutes(5)))
struct RedpandaMetricsTests {
    /// The family of the dump that not every broker without topics has.
    private static let underReplicated = "redpanda_kafka_under_replicated_replicas"

    @Test(
        "a broker without topics has the families, help, types and series of a real one",
        .enabled(if: Self.dump != nil, "GATEWARDEN_TEST_FIXTURES names no folder with a real broker's dump")
    )
    func families() async throws {
        let real = Self.families(try #require(Self.dump))
        #expect(real.count == 77)
        let stage = BrokerStage()
        let program = try await stage.running()
        let own = Self.families(try #require(await stage.get("/public_metrics")).body)
        for (name, family) in real where name != Self.underReplicated {
            #expect(own[name] == family, "\(name)")
        }
        #expect(Set(own.keys).subtracting([Self.underReplicated]) == Set(real.keys).subtracting([Self.underReplicated]))
        await program.kill()
    }

    @Test("every number has the form of its type, and families stand in the order of their names")
    func form() async throws {
        let stage = BrokerStage()
        let program = try await stage.running()
        let text = try #require(await stage.get("/public_metrics")).body
        let order = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ") }
        #expect(order.map { $0[2] } == order.map { $0[2] }.sorted())
        let types = Dictionary(order.map { ($0[2], $0[3]) }) { first, _ in first }
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let (name, value) = (line.prefix { $0 != "{" }, line.split(separator: " ").last ?? "")
            switch types[name] {
            case "gauge": #expect(value.contains(#/^[0-9]+\.[0-9]{6}$/#), "\(line)")
            case "counter" where name != "redpanda_scheduler_runtime_seconds_total":
                #expect(value.contains(#/^[0-9]+$/#), "\(line)")
            default: #expect(Double(value) != nil, "\(line)")
            }
        }
        await program.kill()
    }

    @Test(
        "what belongs to topics comes with the first one",
        .enabled(if: Program.flow.isThere, "no benthos, redpanda-connect or rpk on PATH"))
    func topics() async throws {
        let feeder = Stage("kafka_franz_out")
        let stage = BrokerStage(kafka: feeder.port(.broker))
        try await stage.running()
        let before = try #require(await stage.get("/public_metrics")).body
        #expect(!before.contains("redpanda_kafka_partitions"))
        if !Program.areReal { #expect(!before.contains(Self.underReplicated)) }
        #expect(await stage.value("redpanda_cluster_topics{}") == 0)
        try feeder.start()
        let topic = #"{redpanda_namespace="kafka",redpanda_topic="t1"}"#
        try await eventually { await stage.value("redpanda_kafka_records_produced_total" + topic) ?? 0 > 3 }
        #expect(await stage.value("redpanda_cluster_topics{}") == 1)
        #expect(await stage.value("redpanda_kafka_partitions" + topic) ?? 0 >= 1)
        let replica = #"{redpanda_namespace="kafka",redpanda_partition="0",redpanda_topic="t1"}"#
        #expect(await stage.value(Self.underReplicated + replica) == 0)
        #expect(await stage.value("redpanda_kafka_max_offset" + replica) ?? 0 > 3)
    }

    @Test("the uptime begins anew with a restart")
    func uptime() async throws {
        let stage = BrokerStage()
        let clock = ContinuousClock()
        let origin = clock.now
        func start() async throws -> Duration {
            let before = clock.now - origin
            let uptime = try #require(await stage.value("redpanda_application_uptime_seconds_total{}"))
            return before - .seconds(uptime)
        }
        let first = try await stage.running()
        let firstStart = try await start()
        await first.kill()
        let ended = clock.now - origin
        let second = try await stage.running()
        #expect(try await start() > firstStart)
        #expect(try await start() > ended - .seconds(1), "the clock of the process may be a little ahead")
        await second.kill()
    }

    /// The metrics of a real broker, which are not part of this repository.
    private static let dump = Program.variable("GATEWARDEN_TEST_FIXTURES").flatMap { folder in
        TemporaryFolder.text(folder + "/redpanda/public_metrics-v24.3.8.txt")
    }

    private struct Family: Equatable {
        var help = ""
        var type = ""
        var series: Set<Substring> = []
    }

    /// The families of an exposition with their series, without values.
    private static func families(_ text: String) -> [String: Family] {
        var (families, name) = ([String: Family](), "")
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            switch words[1] {
            case "HELP" where words[0] == "#":
                name = words[2]
                families[name, default: Family()].help = words[3]
            case "TYPE" where words[0] == "#": families[name]?.type = words[3]
            default: families[name]?.series.insert(line.prefix { $0 != " " })
            }
        }
        return families
    }
}
