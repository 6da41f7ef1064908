import Exposition
import JSONLogging
import Logging
import OperatorHTTP

/// Tells the log and the metrics how reloads of the configuration went.
struct ReloadLog: Sendable {
    /// How many problems, settings or children a line names at most.
    private static let listLimit = 20

    /// The name of the runbook of a reload that did not work out.
    static let runbook = "ConfigReloadFailed"

    let logger: Logger
    let metrics: ReloadMetrics
    let advice: EscalationAdvice

    /// A configuration was refused.
    func refused(_ problems: [String]) {
        note(.refused)
        logger.error(
            "Configuration refused",
            metadata: [
                "problems": Self.list(problems), "problem_count": .number(problems.count),
                "runbook_url": "\(advice.url(of: Self.runbook))",
            ]
        )
    }

    /// A configuration was applied.
    func reloaded(_ report: ReloadReport, _ counts: (added: Int, changed: Int, removed: Int)) {
        note(report.isGood ? .success : .failed)
        logger.notice(
            "Configuration reloaded",
            metadata: [
                "added": .number(counts.added), "changed": .number(counts.changed),
                "removed": .number(counts.removed), "duration_ms": .number(report.durationMilliseconds),
                "success": .bool(report.isGood),
            ]
        )
        let troubled = report.children.filter { !$0.outcome.isGood }
        if !troubled.isEmpty {
            logger.error(
                "Configuration not in effect everywhere",
                metadata: [
                    "children": Self.list(troubled.map(Self.text)), "runbook_url": "\(advice.url(of: Self.runbook))",
                ]
            )
        }
        if !report.restartNeeded.isEmpty {
            logger.warning("Restart needed", metadata: ["settings": Self.list(report.restartNeeded)])
        }
    }

    private static func text(_ child: ReloadReport.Child) -> String {
        "\(child.path): \(child.outcome.rawValue)" + (child.reason.map { ": \($0)" } ?? "")
    }

    private static func list(_ texts: [String]) -> Logger.MetadataValue {
        let omitted = texts.count - listLimit
        let shown = texts.prefix(listLimit) + (omitted > 0 ? ["... and \(omitted) more"] : [])
        return .array(shown.map { "\($0)" })
    }

    private func note(_ result: ReloadMetrics.Result) {
        do throws(ExpositionError) {
            try metrics.note(result, at: WallTime.now().sinceEpoch)
        } catch {
            logger.error("Metric refused", metadata: ["error": "\(error)"])
        }
    }
}
