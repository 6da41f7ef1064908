import Glibc
import Standins

/// One processor of the pipeline with its numbers.
struct FlowProcessor: Sendable {
    private enum Step: Sendable {
        case mapping(FlowMapping)
        case log(FlowLogger.Level, String)
        case sleep(Duration)
        case passing
    }

    private let step: Step
    private let logger: FlowLogger
    private let provocation: FlowProvocation
    private let received, batchesReceived, sent, batchesSent, errors: FlowCounter
    private let latency: FlowTiming

    /// Makes a processor.
    ///
    /// - Parameters:
    ///   - component: as configured
    ///   - index: its place in the pipeline
    ///   - metrics: the numbers of the flow
    ///   - logger: the flow's logger
    ///   - provocation: may let mappings fail
    init(
        _ component: FlowConfiguration.Component<FlowConfiguration.Processor>,
        index: Int,
        metrics: FlowMetrics,
        logger: FlowLogger,
        provocation: FlowProvocation
    ) {
        let place = ComponentPlace(label: component.label, path: "root.pipeline.processors.\(index)")
        step = Self.step(component.kind)
        self.logger = logger.of(place)
        self.provocation = provocation
        received = metrics.counter("processor_received", place)
        batchesReceived = metrics.counter("processor_batch_received", place)
        sent = metrics.counter("processor_sent", place)
        batchesSent = metrics.counter("processor_batch_sent", place)
        errors = metrics.counter("processor_error", place)
        latency = metrics.timing("processor_latency_ns", place)
    }

    /// Processes one message.
    ///
    /// - Parameters:
    ///   - message: as it came
    ///   - number: how many messages the flow has read
    /// - Returns: the message as it goes on; after a failure, unchanged
    func process(_ message: FlowMessage, number: Int) async -> FlowMessage {
        received.increment()
        batchesReceived.increment()
        let start = ContinuousClock.now
        let result = await result(message, number)
        latency.record(ContinuousClock.now - start)
        sent.increment()
        batchesSent.increment()
        return result
    }

    private func result(_ message: FlowMessage, _ number: Int) async -> FlowMessage {
        switch step {
        case .mapping(let mapping):
            do throws(StandinError) {
                if provocation.mappingFails { throw FlowMapping.mismatch(.integer(number), "n") }
                return try mapping.apply(to: message, count: number)
            } catch {
                errors.increment()
                logger.error(error.message)
                return message
            }
        case .log(let level, let template):
            logger.write(level, message.filling(template), ["custom_source": .bool(true)])
        case .sleep(let duration):
            // The pause that the flow's configuration asks for; a flow that is given up does not wait any longer.
            try? await Task.sleep(for: duration)
        case .passing: break
        }
        return message
    }

    private static func step(_ kind: FlowConfiguration.Processor) -> Step {
        switch kind {
        case .mapping(let text): .mapping(FlowMapping(text))
        case .log(let level, let message): .log(FlowLogger.Level(configured: level) ?? .info, message)
        case .sleep(let duration): .sleep(duration)
        // The one command of flows that wait: the stand-in waits itself, so that no process can be left behind.
        case .command("sleep", let arguments): .sleep(.seconds(arguments.first.flatMap { Int($0) } ?? 0))
        case .command, .passing: .passing
        }
    }
}
