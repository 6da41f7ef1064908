public import OperatorHTTP

/// What a reload of the configuration has done, as text for a person.
public struct ReloadSummary: CustomStringConvertible {
    private let report: ReloadReport

    /// Creates a summary.
    ///
    /// - Parameter report: what to show.
    public init(_ report: ReloadReport) {
        self.report = report
    }

    /// A line for each child, one for what needs a restart, and one for the whole; no line end after the last one.
    public var description: String {
        let lines = report.children.map { child in
            let reason = child.reason.map { ": \($0)" } ?? ""
            return "\(child.path) \(child.change.rawValue): \(Self.text(child.outcome))\(reason)"
        }
        let restart =
            report.restartNeeded.isEmpty
            ? []
            : [
                "Restart needed for \(report.restartNeeded.joined(separator: ", "))"
            ]
        return (lines + restart + [verdict]).joined(separator: "\n")
    }

    private var verdict: String {
        let troubled = report.children.count { !$0.outcome.isGood }
        if report.children.isEmpty { return "Configuration reloaded: no child changed" }
        if troubled == 0 { return "Configuration reloaded in \(report.durationMilliseconds) ms" }
        return "Configuration reloaded, and \(troubled) of \(report.children.count) children do not follow it; "
            + "see gatewarden status"
    }

    private static func text(_ outcome: ReloadReport.Child.Outcome) -> String {
        switch outcome {
        case .applied: "applied"
        case .ready: "ready"
        case .completed: "done"
        case .stopped: "not to run"
        case .removed: "gone"
        case .rolledBack: "rolled back to the last good configuration"
        case .notReady: "not ready in time"
        case .notRemoved: "still stopping"
        }
    }
}
