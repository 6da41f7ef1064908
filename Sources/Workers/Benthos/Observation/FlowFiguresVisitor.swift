import Exposition

/// Picks the figures of a flow out of its metrics.
struct FlowFiguresVisitor: ExpositionVisitor {
    private(set) var figures = FlowFigures()

    mutating func sample(_ sample: ExpositionSample) {
        switch sample.name.string {
        case "input_connection_up": add(sample, to: \FlowInputCounters.connectionUp)
        case "input_connection_failed": add(sample, to: \FlowInputCounters.connectionFailed)
        case "input_connection_lost": add(sample, to: \FlowInputCounters.connectionLost)
        case "input_received": add(sample, to: \FlowInputCounters.received)
        // A summary in nanoseconds and a histogram in seconds: the count has the same name and meaning.
        case "input_latency_ns_count": add(sample, to: \FlowInputCounters.latencyCount)
        case "kafka_lag", "redpanda_lag": add(sample, to: \FlowInputCounters.lag)
        case "output_connection_up": add(sample, to: \FlowOutputCounters.connectionUp)
        case "output_connection_failed": add(sample, to: \FlowOutputCounters.connectionFailed)
        case "output_connection_lost": add(sample, to: \FlowOutputCounters.connectionLost)
        case "output_sent": add(sample, to: \FlowOutputCounters.sent)
        case "output_batch_sent": add(sample, to: \FlowOutputCounters.batchSent)
        case "output_error": add(sample, to: \FlowOutputCounters.error)
        case "output_rejected": add(sample, to: \FlowOutputCounters.rejected)
        case "processor_received": figures.processors.add(sample.value, to: \.received)
        case "processor_sent": figures.processors.add(sample.value, to: \.sent)
        case "processor_error": figures.processors.add(sample.value, to: \.error)
        default: break
        }
    }

    private mutating func add(
        _ sample: ExpositionSample, to counter: WritableKeyPath<FlowInputCounters, Int?>
    ) {
        figures.inputs.add(sample.value, to: counter, of: sample.labels)
    }

    private mutating func add(
        _ sample: ExpositionSample, to counter: WritableKeyPath<FlowOutputCounters, Int?>
    ) {
        figures.outputs.add(sample.value, to: counter, of: sample.labels)
    }
}
