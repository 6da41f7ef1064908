import Exposition
import JSONLogging
import Logging
import OperatorHTTP

/// Turns what clients do with the public server into metrics and log lines.
struct HTTPTelemetry: ServerObserver {
    let metrics: HTTPMetrics
    let advice: EscalationAdvice
    let logger: Logger

    func serves(paths: [String], other: String) {
        attempt { () throws(ExpositionError) in try metrics.prepare(paths, other: other) }
    }

    func connectionOpened() { metrics.connections.increment() }
    func connectionClosed() { metrics.connections.decrement() }
    func connectionRefused() { metrics.refusedConnections.increment() }

    func requestAnswered(path: String, status: Int) {
        attempt { () throws(ExpositionError) in try metrics.requests.labels(path, "\(status)").increment() }
    }

    func expositionRendered(in duration: Duration) { metrics.scrapeDuration.observe(duration) }

    func accessRead(_ outcome: AccessOutcome) {
        attempt { () throws(ExpositionError) in
            switch outcome {
            case .applied(let access):
                try metrics.accessReadings.labels().set(1)
                advice.serve(withTLS: access.tls != nil)
                if let tls = access.tls {
                    try metrics.certificateExpiry.labels().set(tls.expiry)
                } else {
                    metrics.certificateExpiry.remove()
                }
                logger.info(
                    "Web configuration applies",
                    metadata: ["tls": .bool(access.tls != nil), "users": .number(access.users.count)]
                )
            case .kept(let reason):
                try metrics.accessReadings.labels().set(0)
                logger.error(
                    "Web configuration refused, the one before it applies",
                    metadata: ["error": "\(reason)", "runbook_url": "\(advice.url(of: ReloadLog.runbook))"]
                )
            }
        }
    }

    private func attempt(_ body: () throws(ExpositionError) -> Void) {
        do throws(ExpositionError) {
            try body()
        } catch {
            logger.error("Metric refused", metadata: ["error": "\(error)"])
        }
    }
}
