import Gateway
import OperatorHTTP
import Testing

@Suite("ReloadSummary")
struct ReloadSummaryTests {
    @Test(
        "each child has a line with its reason, and the last line is the verdict",
        arguments: [
            (
                ReloadReport(children: [], restartNeeded: [], duration: .zero),
                "Configuration reloaded: no child changed"
            ),
            (
                ReloadReport(
                    children: [
                        .init(path: "box/a", change: .changed, outcome: .ready),
                        .init(path: "box/b", change: .removed, outcome: .removed),
                    ],
                    restartNeeded: [],
                    duration: .milliseconds(310)
                ),
                "box/a changed: ready\nbox/b removed: gone\nConfiguration reloaded in 310 ms"
            ),
            (
                ReloadReport(
                    children: [.init(path: "box/a", change: .changed, outcome: .rolledBack, reason: "not ready")],
                    restartNeeded: ["web.listen", "store.prefix"],
                    duration: .zero
                ),
                """
                box/a changed: rolled back to the last good configuration: not ready
                Restart needed for web.listen, store.prefix
                Configuration reloaded, and 1 of 1 children do not follow it; see gatewarden status
                """
            ),
        ])
    func text(_ report: ReloadReport, _ text: String) {
        #expect("\(ReloadSummary(report))" == text)
    }
}
