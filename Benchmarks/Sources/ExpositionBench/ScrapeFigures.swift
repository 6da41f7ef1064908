internal import Exposition

/// What it costs to register many series and to write them.
enum ScrapeFigures {
    private static let few = 10_000
    private static let many = 100_000

    static func measure() throws {
        let small = try measure(few, name: "10k")
        let large = try measure(many, name: "100k")
        ExpositionBench.say("register_growth", large / small)
    }

    /// Registers and writes so many series; returns the milliseconds that the registration took.
    private static func measure(_ count: Int, name: String) throws -> Double {
        let clock = ContinuousClock()
        let registry = MetricRegistry()
        let family = try registry.gauge("figure", help: "A figure.", labels: ["place", "shard"])
        let labels = (0..<count).shuffled().map { ("place-\($0)", "\($0 % 7)") }
        let registration = try clock.measure {
            for (index, (place, shard)) in labels.enumerated() {
                try family.labels(place, shard).set(Double(index) + 0.5 * Double(index % 2))
            }
        }
        var buffer: [UInt8] = []
        // The first one sorts; the next ones find the order that it kept, and the buffer.
        let first = clock.measure { ExpositionFormat(.text0).write(registry, into: &buffer) }
        let text = (0..<5).map { _ in clock.measure { ExpositionFormat(.text0).write(registry, into: &buffer) } }
        let open = (0..<5).map { _ in clock.measure { ExpositionFormat(.openMetrics1).write(registry, into: &buffer) } }
        ExpositionBench.say("register_\(name)_ms", registration / .milliseconds(1))
        ExpositionBench.say("first_scrape_\(name)_ms", first / .milliseconds(1))
        ExpositionBench.say("scrape_\(name)_ms", (text.min() ?? .zero) / .milliseconds(1))
        ExpositionBench.say("openmetrics_\(name)_ms", (open.min() ?? .zero) / .milliseconds(1))
        return registration / .milliseconds(1)
    }
}
