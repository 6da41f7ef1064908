/// Metrics in the shape of those of a Redpanda broker: long names, two to four labels, numbers with six decimals.
struct BrokerPage {
    /// The metrics in the text format.
    let text: [UInt8]
    /// The same ones in OpenMetrics.
    let openMetrics: [UInt8]

    /// Makes so many topics that the page has a size.
    init(minimumSize: Int) {
        var samples: [String] = []
        var size = 0
        for topic in 0... {
            guard size < minimumSize else { break }
            let lines = Self.histogram(topic)
            size += lines.utf8.count
            samples.append(lines)
        }
        let head = """
            # HELP redpanda_kafka_request_latency_seconds Internal latency of requests in seconds
            # TYPE redpanda_kafka_request_latency_seconds histogram

            """
        text = Array((head + samples.joined()).utf8)
        openMetrics = Array((head + samples.joined() + "# EOF\n").utf8)
    }

    private static func histogram(_ topic: Int) -> String {
        let name = "redpanda_kafka_request_latency_seconds"
        let labels = """
            redpanda_namespace="kafka",redpanda_topic="umh.v1.plant-\(topic % 97)",redpanda_partition="\(topic / 97)"
            """
        var lines = ""
        var cumulated = 0
        for step in 0..<16 {
            cumulated += (topic * 31 + step * 17) % 9
            let bound = step == 15 ? "+Inf" : decimal(255 << step)
            lines += "\(name)_bucket{le=\"\(bound)\",\(labels)} \(cumulated)\n"
        }
        lines += "\(name)_sum{\(labels)} \(decimal(cumulated * 104_729))\n"
        return lines + "\(name)_count{\(labels)} \(cumulated)\n"
    }

    /// Millionths as a decimal number.
    private static func decimal(_ millionths: Int) -> String {
        let (whole, rest) = millionths.quotientAndRemainder(dividingBy: 1_000_000)
        return "\(whole).\(String(rest + 1_000_000).dropFirst())"
    }
}
