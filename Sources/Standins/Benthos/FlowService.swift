import Glibc
import NIOCore
import NIOPosix
import Standins

/// A flow as a process: its HTTP server, its signals, its reloads, its end.
struct FlowService: Sendable {
    private enum Event: Sendable {
        case pipelineEnded
        case signal(CInt)
        /// What is under way has had its time.
        case outOfTime
    }

    /// A flow without any time to stop still gets a moment, as measured.
    private static let leastDrain = Duration.milliseconds(250)

    private let configuration: FlowConfiguration
    /// Where changes of the configuration are applied from; nothing where nobody asked for that.
    private let watched: FlowFile?
    private let flows: ReplaceableFlow
    private let metrics = FlowMetrics()
    private let provocation = FlowProvocation()
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let control: ControlEndpoint

    /// Makes a service that is not running yet.
    ///
    /// - Parameters:
    ///   - configuration: the flow
    ///   - watched: the file whose changes are applied while the flow runs
    ///   - environment: for the control endpoint
    /// - Throws: where the flow cannot be made
    init(
        _ configuration: FlowConfiguration,
        watching watched: FlowFile?,
        environment: [String: String]
    ) throws(StandinError) {
        self.configuration = configuration
        self.watched = watched
        let provocation = provocation
        control = ControlEndpoint(
            environment: environment,
            state: { provocation.json },
            change: { changes throws(StandinError) in try provocation.provoke(changes) }
        )
        try control.applyInitialState()
        flows = ReplaceableFlow(
            try Flow(configuration, metrics: metrics, provocation: provocation, on: group))
    }

    /// Runs the flow until it ends by itself or by a signal, and then ends the process.
    ///
    /// - Parameter signals: the signals that concern the flow
    func run(_ signals: SignalWatch) async -> Never {
        let (events, feed) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(16))
        let serving = Task { await serve() }
        flows.start()
        Task {
            for await signal in signals.arrivals { feed.yield(.signal(signal)) }
        }
        if let watched {
            // The end of its input does not end a watched flow: the next configuration may bring another input.
            Task { await FileWatch(path: watched.path).run { await reload(watched) } }
        } else {
            tell(feed, .pipelineEnded)
        }
        var isStopping = false
        for await event in events {
            switch event {
            case .signal(SIGQUIT): Self.dump()
            case .signal(let number):
                // A second signal changes nothing.
                guard !isStopping else { continue }
                isStopping = true
                configuration.logger.info("Received SIG\(number == SIGINT ? "INT" : "TERM"), the service is closing")
                Task {
                    await stop { tell(feed, .pipelineEnded) }
                    feed.yield(.outOfTime)
                }
            case .outOfTime: await giveUp(serving)
            case .pipelineEnded:
                if !isStopping {
                    configuration.logger.info("Pipeline has terminated. Shutting down the service")
                }
                exit(0)
            }
        }
        exit(0)
    }

    private func tell(_ feed: AsyncStream<Event>.Continuation, _ event: Event) {
        Task {
            await flows.ended()
            feed.yield(event)
        }
    }

    private func serve() async {
        let logger = configuration.logger
        await withDiscardingTaskGroup { listeners in
            if configuration.servesHTTP {
                logger.info("Listening for HTTP requests at: http://\(configuration.address)")
                listeners.addTask { await serveHTTP() }
            }
            logger.info("Launching a Benthos instance, use CTRL+C to close")
            listeners.addTask {
                do throws(StandinError) {
                    try await control.run(on: group)
                } catch {
                    LineSink.standardError.write("control endpoint: \(error)")
                }
            }
        }
    }

    private func serveHTTP() async {
        let endpoints = FlowEndpoints(flows: flows, metrics: metrics, style: configuration.metrics)
        do throws(StandinError) {
            try await HTTPListener(at: configuration.address, on: group) { endpoints.answer($0) }.run()
        } catch {
            // The flow goes on without its HTTP server.
            configuration.logger.error("HTTP Server error: \(error)")
        }
    }

    /// Applies a changed file; the HTTP server, the logger and the numbers stay as they are.
    private func reload(_ file: FlowFile) async {
        let logger = configuration.logger
        guard var next = file.readAgain(logger) else { return }
        next.logger = logger
        do throws(StandinError) {
            await flows.replace(with: try Flow(next, metrics: metrics, provocation: provocation, on: group))
            logger.info("Updated main config")
        } catch {
            logger.error("Failed to apply updated config: failed to init updated stream: \(error)")
        }
    }
}

extension FlowService {
    /// Three quarters of the shutdown timeout are for what is under way: the rest belongs to a forced stop.
    private func stop(_ whenClosed: () -> Void) async {
        if configuration.shutdownDelay > .zero {
            let delay = GoText.duration(configuration.shutdownDelay)
            configuration.logger.info("Shutdown delay is in effect for \(delay)")
            // Nothing cancels a stop but the end of the process.
            try? await Task.sleep(for: configuration.shutdownDelay)
        }
        flows.close()
        whenClosed()
        // The real program's limit; a flow that ends before it ends the process.
        try? await Task.sleep(for: max(configuration.shutdownTimeout * 3 / 4, Self.leastDrain))
    }

    private func giveUp(_ serving: Task<Void, Never>) async {
        if configuration.output.isResource { await giveUpResource(serving) }
        if configuration.shutdownTimeout == .zero {
            configuration.logger.info(
                "Some components prevented forced termination as they were either blocked from delivering data or from "
                    + "acknowledging delivered data within the shutdown timeout. This could potentially cause duplicate "
                    + "messages to be delivered on the next run."
            )
        }
        flows.giveUp()
    }

    /// A resource cannot be forced: the HTTP server goes, the whole timeout passes, and then the process ends all the same.
    private func giveUpResource(_ serving: Task<Void, Never>) async -> Never {
        serving.cancel()
        // The rest of the real program's limit; nothing cancels it.
        try? await Task.sleep(for: configuration.shutdownTimeout / 4)
        configuration.logger.warning(
            "Service failed to close resources cleanly within allocated time: resource '\(configuration.output.label)' "
                + "failed to cleanly shutdown: context deadline exceeded. Exiting forcefully and dumping stack trace to stderr"
        )
        LineSink.standardError.write(GoroutineDump.profile.text)
        exit(0)
    }

    /// Ends the process as Go's runtime does at SIGQUIT: with a dump and the exit code 2.
    private static func dump() -> Never {
        LineSink.standardError.write(GoroutineDump.quit.text)
        exit(2)
    }
}
