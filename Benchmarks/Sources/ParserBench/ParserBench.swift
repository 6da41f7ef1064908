internal import CAllocations
internal import Exposition
internal import Glibc

/// Parses a broker's metrics, round after round, and prints one `name value` a line for each round.
///
/// Argument: the number of rounds.
@main
struct ParserBench {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2, let rounds = Int(arguments[1]), rounds > 0 else {
            print("usage: ParserBench ROUNDS")
            exit(2)
        }
        let page = BrokerPage(minimumSize: 1_000_000)
        for _ in 0..<rounds {
            try measure("text", page.text) { try TextExpositionParser().parse($0, into: &$1) }
            try measure("openmetrics", page.openMetrics) { try OpenMetricsParser().parse($0, into: &$1) }
            try measure("strict", page.openMetrics) { try OpenMetricsParser(strict: true).parse($0, into: &$1) }
        }
    }

    /// Prints the milliseconds that a megabyte takes, the best of some runs, and the allocations of a sample.
    private static func measure(
        _ name: String, _ bytes: [UInt8], _ parse: ([UInt8], inout LabelReader) throws -> Void
    ) throws {
        var best = Duration.seconds(3600)
        var reader = LabelReader()
        bench_note_allocations()
        for _ in 0..<runs {
            best = min(best, try ContinuousClock().measure { try parse(bytes, &reader) })
        }
        bench_note_allocations()
        guard reader.samples > 0, reader.labelBytes > 0 else { exit(1) }
        print("\(name)_ms_per_mb", best / .milliseconds(1) / (Double(bytes.count) / 1e6))
        print("\(name)_allocations", Double(bench_allocations_over_notes(1)) / Double(reader.samples))
    }

    private static let runs = 20
}

/// Reads every label of every sample, as somebody does who looks for some of them.
struct LabelReader: ExpositionVisitor {
    private(set) var samples = 0
    private(set) var labelBytes = 0
    private var sum = 0.0

    mutating func sample(_ sample: ExpositionSample) {
        samples += 1
        if sample.value.isFinite { sum += sample.value }
        for label in sample.labels where label.name == "redpanda_topic" || !label.value.isEmpty { labelBytes += 1 }
    }
}
