import Glibc
import NIOCore
import NIOPosix
import Standins

/// Stands in for `redpanda` (and, under the name `rpk`, for `rpk redpanda start`).
@main
struct StandinRedpanda {
    private static let version = "v24.3.8 - b1dd9f54ab1fcd31110608ff214d0937bf30fdb1"

    static func main() async {
        let arguments = CommandName.own(CommandLine.arguments, rpkWords: ["redpanda", "start"])
        if arguments.contains("--version") {
            LineSink.standardOutput.write(version)
            return
        }
        let signals = SignalWatch([SIGTERM, SIGINT])
        do throws(StandinError) {
            let commandLine = try BrokerCommandLine(arguments)
            await run(commandLine, until: signals)
        } catch {
            // Seastar answers a bad command line on standard output, with this exit code.
            LineSink.standardOutput.write("error: \(error)\n\nTry --help.")
            exit(2)
        }
    }

    private static func run(_ commandLine: BrokerCommandLine, until signals: SignalWatch) async {
        BrokerLog.info("main - application.cc:502", "Redpanda \(version)")
        BrokerLog.info("main - application.cc:510", "Command line: \(CommandLine.arguments.joined(separator: " "))")
        let broker: Broker
        do throws(StandinError) {
            let configuration = try BrokerConfiguration(file: commandLine.configuration)
            try FileText.makeFolder(configuration.dataDirectory)
            broker = Broker(configuration: configuration, memory: commandLine.memory)
        } catch {
            fail(error.message)
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        Task { await serve(broker, on: group) }
        for await _ in signals.arrivals { break }
        BrokerLog.info("main - application.cc:433", "Stopping...")
        // The stop may be made slow; nothing else is left to wait for.
        try? await Task.sleep(for: broker.provocation.stopDelay)
        BrokerLog.info("main - application.cc:454", "Shutdown complete.")
        // With all connections as they are, as a process ends: taking down a listener to whom clients are just coming
        // traps in NIO when a connection was accepted and nobody has looked at it yet.
        exit(0)
    }

    private static func serve(_ broker: Broker, on group: any EventLoopGroup) async {
        let control = ControlEndpoint(
            environment: .processEnvironment,
            state: { broker.provocation.json },
            change: { changes throws(StandinError) in try broker.provoke(changes) }
        )
        let configuration = broker.configuration
        let hasAdmin = Gate(isOpen: false)
        await withDiscardingTaskGroup { listeners in
            listeners.addTask {
                await failing(at: nil) { () throws(StandinError) in
                    try control.applyInitialState()
                    try await control.run(on: group)
                }
            }
            listeners.addTask {
                await failing(at: configuration.admin) { () throws(StandinError) in
                    let admin = AdminAPI(broker: broker)
                    try await HTTPListener(at: configuration.admin, on: group) { await admin.answer($0) }.run {
                        BrokerLog.info(
                            "admin_api_server - server.cc:393",
                            "Started HTTP server listening at \(configuration.admin)")
                        hasAdmin.open()
                    }
                }
            }
            listeners.addTask {
                if await hasAdmin.pass() { await startKafka(broker, on: group) }
            }
        }
    }

    /// Starts what clients and other brokers connect to, once the rest has booted.
    private static func startKafka(_ broker: Broker, on group: any EventLoopGroup) async {
        try? await Task.sleep(for: broker.provocation.startDelay)
        let configuration = broker.configuration
        await failing(at: configuration.rpc) { () throws(StandinError) in
            try await RPCPort.open(configuration.rpc, on: group)
        }
        await failing(at: configuration.kafka) { () throws(StandinError) in
            try await KafkaService(broker: broker, group: group).run {
                BrokerLog.info(
                    "main - application.cc:3098", "Started Kafka API server listening at \(configuration.kafka)")
                if broker.markStarted() {
                    BrokerLog.info("main - application.cc:2941", "Successfully started Redpanda!")
                }
            }
        }
    }

    /// Runs a part of the broker; where it fails, the whole broker fails.
    private static func failing(
        at address: HostPort?,
        _ part: @Sendable () async throws(StandinError) -> Void
    ) async {
        do throws(StandinError) {
            try await part()
        } catch {
            guard let address, let code = error.errno else { fail(error.message) }
            let reason = String(cString: strerror(code))
            fail(
                "std::__1::system_error (error system:\(code), posix_listen failed for address \(address): \(reason))")
        }
    }

    private static func fail(_ reason: String) -> Never {
        BrokerLog.error("main - application.cc:538", "Failure during startup: \(reason)")
        exit(1)
    }
}
