import JSONLogging
import Logging
import OperatorHTTP

/// What operators ask of the log's level.
extension TreeOperator {
    func logLevel() async -> LogLevelReport { report }

    func setLogLevel(_ request: LogLevelRequest) async -> LogLevelReport {
        let wasVerbose = logger.logLevel <= .notice
        // On the side of the change on which the line is shown.
        if wasVerbose { log(request) }
        logLevels.choose(request.level, for: request.duration)
        if !wasVerbose { log(request) }
        return report
    }

    private var report: LogLevelReport {
        let (plan, remaining) = logLevels.current()
        return LogLevelReport(level: plan.level, configured: plan.configured, remaining: remaining)
    }

    private func log(_ request: LogLevelRequest) {
        var details: Logger.Metadata = [
            "command": "log-level", "log_level": "\(request.level?.rawValue ?? "configured")",
        ]
        if let duration = request.duration { details["duration_ms"] = .milliseconds(duration) }
        logger.notice("Operator command", metadata: details)
    }
}
