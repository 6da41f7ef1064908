import Glibc
import NIOCore
import NIOPosix
import Standins

/// A flow as a process: its HTTP server, its signals, its end.
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
    private let flow: Flow
    private let metrics = FlowMetrics()
    private let provocation = FlowProvocation()
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let control: ControlEndpoint

    /// Makes a service that is not running yet.
    ///
    /// - Parameters:
    ///   - configuration: the flow
    ///   - environment: for the control endpoint
    /// - Throws: where the flow cannot be made
    init(_ configuration: FlowConfiguration, environment: [String: String]) throws(StandinError) {
        self.configuration = configuration
        let provocation = provocation
        control = ControlEndpoint(
            environment: environment,
            state: { provocation.json },
            change: { changes throws(StandinError) in try provocation.provoke(changes) }
        )
        try control.applyInitialState()
        flow = try Flow(configuration, metrics: metrics, provocation: provocation, on: group)
    }

    /// Runs the flow until it ends by itself or by a signal, and then ends the process.
    ///
    /// - Parameter signals: the signals that concern the flow
    func run(_ signals: SignalWatch) async -> Never {
        let (events, feed) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(16))
        let serving = Task { await serve() }
        let running = Task {
            await flow.run()
            feed.yield(.pipelineEnded)
        }
        let listening = Task {
            for await signal in signals.arrivals { feed.yield(.signal(signal)) }
        }
        var stopping: Task<Void, Never>?
        for await event in events {
            switch event {
            case .signal(SIGQUIT): Self.dump()
            case .signal(let number):
                // A second signal changes nothing.
                guard stopping == nil else { continue }
                configuration.logger.info("Received SIG\(number == SIGINT ? "INT" : "TERM"), the service is closing")
                stopping = Task { await stop { feed.yield(.outOfTime) } }
            case .outOfTime: giveUp(running)
            case .pipelineEnded:
                if stopping == nil {
                    configuration.logger.info("Pipeline has terminated. Shutting down the service")
                }
                [serving, listening, stopping].forEach { $0?.cancel() }
                exit(0)
            }
        }
        exit(0)
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
        let endpoints = FlowEndpoints(flow: flow, metrics: metrics, style: configuration.metrics)
        do throws(StandinError) {
            try await HTTPListener(at: configuration.address, on: group) { endpoints.answer($0) }.run()
        } catch {
            // The flow goes on without its HTTP server.
            configuration.logger.error("HTTP Server error: \(error)")
        }
    }

    /// Three quarters of the shutdown timeout are for what is under way: the rest belongs to a forced stop.
    private func stop(whenOutOfTime: () -> Void) async {
        if configuration.shutdownDelay > .zero {
            let delay = GoText.duration(configuration.shutdownDelay)
            configuration.logger.info("Shutdown delay is in effect for \(delay)")
            // Nothing cancels a stop but the end of the process.
            try? await Task.sleep(for: configuration.shutdownDelay)
        }
        flow.close()
        // The real program's limit; a flow that ends before it ends the process.
        try? await Task.sleep(for: max(configuration.shutdownTimeout * 3 / 4, Self.leastDrain))
        whenOutOfTime()
    }

    private func giveUp(_ running: Task<Void, Never>) {
        if configuration.shutdownTimeout == .zero {
            configuration.logger.info(
                "Some components prevented forced termination as they were either blocked from delivering data or from "
                    + "acknowledging delivered data within the shutdown timeout. This could potentially cause duplicate "
                    + "messages to be delivered on the next run."
            )
        }
        running.cancel()
    }

    /// Ends the process as Go's runtime does at SIGQUIT: with a dump and the exit code 2.
    private static func dump() -> Never {
        LineSink.standardError.write(
            """
            SIGQUIT: quit
            PC=0x497041 m=0 sigcode=0

            goroutine 0 gp=0x23b0f00 m=0 mp=0x23b3260 [idle]:
            runtime.futex(0x23b33b8, 0x80, 0x0, 0x0, 0x0, 0x0)

            goroutine 1 gp=0x340cd2a841e0 m=nil [select]:
            runtime.gopark(0x340cd322ec80?, 0x4?, 0xa0?, 0xe9?, 0x340cd322ec20?)

            rax    0xca
            """
        )
        exit(2)
    }
}
