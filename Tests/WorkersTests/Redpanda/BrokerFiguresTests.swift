import FoundationEssentials
import Testing
import Workers

@Suite("BrokerFigures")
struct BrokerFiguresTests {
    /// The metrics of a real broker, which are not part of this repository.
    private static let dump = ProcessInfo.processInfo.environment["GATEWARDEN_TEST_FIXTURES"].map {
        $0 + "/redpanda/public_metrics-v24.3.8.txt"
    }

    @Test(
        "a real broker without topics is read",
        .enabled(if: Self.dump != nil, "GATEWARDEN_TEST_FIXTURES names no folder with a real broker's dump")
    )
    func realBroker() throws {
        let body = try Data(contentsOf: URL(filePath: try #require(Self.dump)))
        let figures = try BrokerFigures(EndpointAnswer(status: 200, contentType: nil, body: Array(body)))
        #expect(figures.uptime == .seconds(27.203389) && figures.busyTime == .seconds(1.939297))
        #expect(figures.disk.freeBytes == 258_907_324_416 && figures.disk.totalBytes == 494_384_795_648)
        #expect(figures.disk.alert == .ok && figures.availableMemoryBytes == 1_601_982_464)
        #expect(
            figures.cluster.brokers == 1 && figures.cluster.topics == 0 && figures.cluster.unavailablePartitions == 0)
        #expect(figures.kafka.producedBytes == 0 && figures.kafka.consumedBytes == 0)
        #expect(figures.kafka.underReplicatedReplicas == 0 && figures.kafka.partitions == nil)
    }

    @Test("topics and cores are summed up, requests of other kinds are left out")
    func sums() throws {
        let text = """
            redpanda_kafka_request_bytes_total{redpanda_request="produce",redpanda_topic="a"} 10
            redpanda_kafka_request_bytes_total{redpanda_request="produce",redpanda_topic="b"} 5
            redpanda_kafka_request_bytes_total{redpanda_request="follower_consume",redpanda_topic="a"} 3
            redpanda_kafka_request_bytes_total{redpanda_request="consume",redpanda_topic="a"} 7
            redpanda_kafka_request_bytes_total 100
            redpanda_kafka_partitions{redpanda_topic="a"} 3.000000
            redpanda_kafka_partitions{redpanda_topic="b"} 1.000000
            redpanda_memory_available_memory{shard="0"} 100.000000
            redpanda_memory_available_memory{shard="1"} 20.000000
            redpanda_memory_available_memory_low_water_mark{shard="0"} 1.000000
            redpanda_cpu_busy_seconds_total{shard="0"} 1.500000
            redpanda_cpu_busy_seconds_total{shard="1"} 2.500000
            """
        let figures = try BrokerFigures(EndpointAnswer(text))
        #expect(figures.kafka.producedBytes == 15 && figures.kafka.consumedBytes == 7)
        #expect(figures.kafka.partitions == 4 && figures.availableMemoryBytes == 120)
        #expect(figures.busyTime == .seconds(4))
    }

    @Test(
        "the disk alert has three values, and others are unknown",
        arguments: [("0", .ok), ("1.000000", .low), ("2", .degraded), ("3", nil), ("NaN", nil), ("0.5", nil)]
            as [(String, BrokerFigures.Disk.Alert?)])
    func diskAlert(value: String, alert: BrokerFigures.Disk.Alert?) throws {
        let figures = try BrokerFigures(EndpointAnswer("redpanda_storage_disk_free_space_alert{} \(value)\n"))
        #expect(figures.disk.alert == alert)
    }

    @Test("values that mean nothing are unknown and never stop the reading", arguments: ["NaN", "+Inf", "-1", "1e300"])
    func nonsense(value: String) throws {
        let names = ["application_uptime_seconds_total", "storage_disk_free_bytes", "cluster_brokers"]
        let figures = try BrokerFigures(EndpointAnswer(names.map { "redpanda_\($0){} \(value)\n" }.joined()))
        #expect(figures.uptime == nil && figures.disk.freeBytes == nil && figures.cluster.brokers == nil)
    }
}
