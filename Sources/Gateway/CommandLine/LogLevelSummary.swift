internal import Logging
public import OperatorHTTP

/// The level of the gateway's log in words.
public struct LogLevelSummary: CustomStringConvertible {
    private let report: LogLevelReport

    /// Makes the words for a report.
    ///
    /// - Parameter report: The level.
    public init(_ report: LogLevelReport) {
        self.report = report
    }

    /// One line.
    public var description: String {
        guard let remaining = report.remainingMilliseconds else {
            return report.level == report.configured
                ? "\(report.level) (as configured)" : "\(report.level) (configured: \(report.configured))"
        }
        let seconds = max(1, (remaining + 999) / 1000)
        let time = seconds >= 60 ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds) s"
        return "\(report.level) for another \(time), then \(report.configured) (as configured)"
    }
}
