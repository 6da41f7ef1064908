import NIOCore
import Standins
import Synchronization

/// One running flow: an input, a pipeline, an output.
final class Flow: Sendable {
    private struct State {
        var isClosing = false
        var read: Task<FlowMessage?, Never>?
    }

    /// Takes posted messages, where the input is an HTTP server.
    let server: HTTPServerSource?

    private let input: InputConnection
    private let output: OutputConnection
    private let processors: [FlowProcessor]
    private let places: (input: ComponentPlace, output: ComponentPlace)
    private let state = Mutex(State())

    /// Makes a flow that is not running yet.
    ///
    /// - Parameters:
    ///   - configuration: what to build
    ///   - metrics: the numbers of the flow
    ///   - provocation: may disturb the flow
    ///   - group: the event loops to use
    /// - Throws: where a component cannot be made, in the words of benthos
    init(
        _ configuration: FlowConfiguration,
        metrics: FlowMetrics,
        provocation: FlowProvocation,
        on group: any EventLoopGroup
    ) throws(StandinError) {
        let parts = FlowParts(configuration, metrics: metrics, provocation: provocation, group: group)
        let (source, server) = try parts.source()
        self.server = server
        places = (parts.inputPlace, parts.outputPlace)
        input = InputConnection(
            configuration.input.kind.typeName,
            ProvokedSource(source: source, remote: parts.inputRemote, provocation: provocation),
            at: parts.inputPlace, metrics: metrics, logger: configuration.logger, retries: parts.inputRetries
        )
        output = OutputConnection(
            configuration.output.kind.typeName,
            ProvokedSink(sink: parts.sink(), remote: parts.outputRemote, provocation: provocation),
            at: parts.outputPlace, metrics: metrics, logger: configuration.logger, retries: parts.outputRetries
        )
        processors = configuration.processors.enumerated().map { index, component in
            FlowProcessor(
                component, index: index, metrics: metrics, logger: configuration.logger, provocation: provocation)
        }
    }

    /// The answer to `/ready`.
    var readiness: HTTPReply {
        let statuses = [(places.input.label, "input", input.status), (places.output.label, "output", output.status)]
        let texts = statuses.map { label, path, status in
            let error = status.isConnected ? nil : status.error.map { ",\"error\":" + JSONValue.string($0).text }
            return "{\"label\":\(JSONValue.string(label).text),\"path\":\"\(path)\","
                + "\"connected\":\(status.isConnected)\(error ?? "")}"
        }
        let body = "{\"statuses\":[\(texts.joined(separator: ","))]}\n"
        return statuses.allSatisfy(\.2.isConnected) ? .json(body) : HTTPReply(body, status: 503)
    }

    /// Moves messages until the input ends or the flow is closed, and everything under way has arrived.
    ///
    /// Cancelling gives up what is under way.
    func run() async {
        let upkeep = Task { await output.run() }
        await withTaskGroup(of: Void.self) { deliveries in
            var (underWay, number) = (0, 0)
            while let message = await read() {
                number += 1
                while underWay >= output.capacity {
                    await deliveries.next()
                    underWay -= 1
                }
                deliveries.addTask { [number] in await self.deliver(message, number: number) }
                underWay += 1
            }
            // As in the real program, the end of the input is noticed by an output that has been active.
            if isClosing { input.willDrain() } else { await output.waitUntilActive() }
        }
        if isClosing { input.didDrain() }
        upkeep.cancel()
        await upkeep.value
        await input.close()
        await output.close()
    }

    /// Takes no more messages from the input; what is under way goes on.
    func close() {
        state.withLock { state in
            state.isClosing = true
            state.read?.cancel()
        }
    }

    private var isClosing: Bool { state.withLock(\.isClosing) }

    private func read() async -> FlowMessage? {
        let read = state.withLock { state -> Task<FlowMessage?, Never>? in
            guard !state.isClosing else { return nil }
            let read = Task { await input.next() }
            state.read = read
            return read
        }
        return await read?.value
    }

    private func deliver(_ message: FlowMessage, number: Int) async {
        let start = ContinuousClock.now
        var message = message
        for processor in processors {
            message = await processor.process(message, number: number)
        }
        await output.send(message)
        input.latency.record(ContinuousClock.now - start)
    }
}
