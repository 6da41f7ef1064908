import Exposition
import GatewayConfiguration
import JSONLogging
import Logging
import ProcessControl
import StateStore
import Supervision
import SystemPackage

/// What the gateway opens before it puts its parts together.
extension GatewayProcess {
    func makeReactor() throws(GatewayFailure) -> (ChildRecordDirectory, ProcessReactor) {
        do throws(ProcessControlError) {
            let records = try ChildRecordDirectory(path: FilePath(options.runDirectory).appending("children"))
            return (records, try ProcessReactor(records: records, adoptsOrphans: true, cgroups: findCgroups()))
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
    }

    /// The cgroup that is delegated to this gateway; without one, children are told by their sessions and descent.
    private func findCgroups() -> CgroupRoot? {
        do throws(ProcessControlError) {
            return try CgroupRoot(runDirectory: FilePath(options.runDirectory))
        } catch {
            logger.info("Children run without cgroups of their own", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    func makeOutputFiles() throws(GatewayFailure) -> ChildOutputFiles {
        do throws(JSONLoggingError) {
            return try ChildOutputFiles(
                root: FilePath(options.dataDirectory).appending("logs"),
                boxBytes: loaded.configuration.limits.logBytes.bytes,
                logger: log.makeLogger("output")
            )
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
    }

    func makeTelemetry(_ output: ChildOutputFiles) throws(GatewayFailure) -> Telemetry {
        do throws(ExpositionError) {
            let advice = EscalationAdvice(
                address: "\(loaded.configuration.web.listen)",
                runDirectory: options.runDirectory,
                runbookBaseURL: loaded.configuration.web.runbookBaseURL
            )
            let telemetry = try Telemetry(
                startedAt: WallTime.now().sinceEpoch,
                log: log.writer,
                advice: advice,
                output: output,
                outputSettings: ChildOutputSettings(loaded.configuration),
                now: { [clock] in clock.now }
            )
            telemetry.bootstrap(logger: logger)
            return telemetry
        } catch {
            throw GatewayFailure(.failure, "metrics could not be set up: \(error)")
        }
    }

    func openStore(
        _ telemetry: Telemetry
    ) async throws(GatewayFailure) -> SQLiteTriangularStore<MonotonicClock> {
        let section = loaded.configuration.store
        do throws(StoreError) {
            let store = try await SQLiteTriangularStore.open(
                StoreSettings(
                    directory: options.dataDirectory,
                    prefix: section.prefix,
                    observedFlushInterval: section.observedFlushInterval
                ),
                clock: clock,
                wallClock: { WallTime.now().sinceEpoch },
                listener: StoreTelemetry(
                    metrics: telemetry.store,
                    advice: telemetry.advice,
                    logger: log.makeLogger("store")
                )
            )
            telemetry.observe(store)
            return store
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
    }
}
