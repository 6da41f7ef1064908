import AsyncHTTPClient
import GatewayConfiguration
import Glibc
import JSONLogging
import Logging
import NIOCore
import NIOPosix
import OperatorHTTP
import Probes
import ProcessControl
import StateStore
import Supervision

/// The gateway as a process: puts all parts together, runs them, and takes them down again.
public struct GatewayProcess: Sendable {
    let options: RunOptions
    let loaded: LoadedConfiguration
    /// When the configuration was loaded, since 1970.
    let loadedAt: Duration
    let log: LogSetup
    let logger: Logger
    let clock = MonotonicClock()

    /// Runs a gateway until it is asked to stop by SIGTERM or SIGINT.
    ///
    /// - Parameter options: what was asked for.
    /// - Throws: ``GatewayFailure``; with ``ExitStatus/badConfiguration`` nothing was started.
    public static func run(_ options: RunOptions) async throws(GatewayFailure) {
        // A reader of a pipe or socket that went away is an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // An edge box has work for its processors: two event loops serve operators, probes and scrapes with ease.
        NIOSingletons.groupLoopCountSuggestion = 2
        let loadedAt = WallTime.now().sinceEpoch
        let loaded = try ConfigurationFile.load(
            options.configurationFile,
            environment: options.environment,
            flags: options.flags,
            at: loadedAt
        )
        let log: LogSetup
        do throws(JSONLoggingError) {
            log = try LogSetup(loaded.configuration.logging, environment: options.environment)
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
        log.secrets.register(loaded.secretValues())
        log.bootstrap()
        defer { log.close(timeout: .seconds(2)) }
        let process = GatewayProcess(
            options: options,
            loaded: loaded,
            loadedAt: loadedAt,
            log: log,
            logger: log.makeLogger("gateway")
        )
        do throws(GatewayFailure) {
            try await process.run()
        } catch {
            throw GatewayFailure(error.status, log.secrets.redactor.redact(error.message))
        }
    }

    private func run() async throws(GatewayFailure) {
        let locks = try takeLocks()
        defer { withExtendedLifetime(locks) {} }
        let (records, reactor) = try makeReactor()
        let output = try makeOutputFiles()
        let client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
            configuration: HTTPProber.clientConfiguration
        )
        let result = await serve(records, reactor, client, output)
        await sweepOrphans()
        await reactor.shutdown()
        output.close(timeout: .seconds(2))
        do {
            try await client.shutdown()
        } catch {
            logger.warning("Probe client did not shut down cleanly", metadata: ["error": "\(error)"])
        }
        logger.notice("Gateway stopped")
        try result.get()
    }

    private func serve(
        _ records: ChildRecordDirectory,
        _ reactor: ProcessReactor,
        _ client: HTTPClient,
        _ output: ChildOutputFiles
    ) async -> Result<Void, GatewayFailure> {
        do throws(GatewayFailure) {
            let telemetry = try makeTelemetry(output)
            let store = try await openStore(telemetry)
            let result = await serve(records, reactor, await makeParts(reactor, client, telemetry, store))
            if case .inMemory(let reason) = await store.close() {
                logger.error("Store could not be written at the end", metadata: ["error": "\(reason)"])
            }
            return result
        } catch {
            return .failure(error)
        }
    }

    private func serve(
        _ records: ChildRecordDirectory,
        _ reactor: ProcessReactor,
        _ parts: Parts
    ) async -> Result<Void, GatewayFailure> {
        do throws(GatewayFailure) {
            let servers = try await bindServers(parts)
            parts.telemetry.advice.serve(at: "\(servers.shared.address)")
            await cleanUpStrays(records, reactor, parts)
            try await runServices(parts, servers, records, reactor)
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}
