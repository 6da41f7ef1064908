import EmbeddedFiles
import Testing

@Suite("Dashboards")
struct DashboardTests {
    private static let files = EmbeddedFiles.dashboards.map(\.name)

    /// The units in use, by their names in Grafana; another one is added here where a panel needs it.
    private static let units: Set<String> = [
        "none", "short", "s", "bytes", "Bps", "percentunit", "cps", "ops", "reqps",
    ]

    private func file(_ name: String) throws -> EmbeddedFile {
        try #require(EmbeddedFiles.dashboards.first { $0.name == name })
    }

    private func dashboard(_ name: String) throws -> Dashboard { try Dashboard(try file(name).text) }

    @Test("there is one for the supervisor, one for its children, and one for many boxes")
    func list() throws {
        #expect(
            try Dashboard.all().map(\.uid) == ["gatewarden-children", "gatewarden-fleet", "gatewarden-supervisor"])
    }

    @Test("a file can be imported and provisioned as it is", arguments: files)
    func importable(_ name: String) throws {
        let dashboard = try dashboard(name)
        #expect(name == "\(dashboard.uid).json")
        #expect(dashboard.id == nil)
        #expect(dashboard.schemaVersion >= 39)
        #expect(dashboard.tags == ["gatewarden"])
        #expect(!dashboard.title.isEmpty && !dashboard.description.isEmpty)
        // What Grafana asks for at an import cannot be answered where files are provisioned.
        let text = try file(name).text
        #expect(!text.contains("__inputs") && !text.contains("__requires") && !text.contains("${DS_"))
    }

    @Test("no two panels have the same number or share a place", arguments: files)
    func places(_ name: String) throws {
        let dashboard = try dashboard(name)
        let everything = dashboard.panels.flatMap { [$0] + ($0.panels ?? []) }
        #expect(Set(everything.map(\.id)).count == everything.count)
        // A collapsed row makes room for its panels when it is opened: they are placed among themselves.
        for group in [dashboard.panels] + dashboard.panels.compactMap(\.panels) {
            for (index, panel) in group.enumerated() {
                let place = panel.gridPos
                #expect(place.x >= 0 && place.y >= 0 && place.w > 0 && place.h > 0 && place.x + place.w <= 24)
                for other in group[(index + 1)...] {
                    #expect(!place.overlaps(other.gridPos), "\(panel.title) and \(other.title)")
                }
            }
        }
        for row in dashboard.panels.filter(\.isRow) {
            #expect(row.panels?.allSatisfy { $0.gridPos.y > row.gridPos.y } == true, "\(row.title)")
        }
    }

    @Test("every panel says what it answers, in which unit, and from which source", arguments: files)
    func panels(_ name: String) throws {
        for panel in try dashboard(name).allPanels {
            #expect(!panel.title.isEmpty)
            let description = try #require(panel.description, "\(panel.title)")
            #expect(description.contains("?"), "\(panel.title) answers no question")
            #expect(panel.datasource?.uid == "${datasource}", "\(panel.title)")
            let unit = try #require(panel.fieldConfig?.defaults.unit, "\(panel.title)")
            #expect(Self.units.contains(unit), "\(panel.title): \(unit)")
            let targets = panel.targets ?? []
            #expect(!targets.isEmpty, "\(panel.title)")
            #expect(Set(targets.map(\.refId)).count == targets.count, "\(panel.title)")
            #expect(targets.allSatisfy { $0.legendFormat?.isEmpty == false }, "\(panel.title)")
            #expect(targets.allSatisfy { ($0.format == "table") == (panel.type == "table") }, "\(panel.title)")
            if ["timeseries", "state-timeline"].contains(panel.type) {
                #expect(panel.options?.legend?.showLegend == true, "\(panel.title)")
            }
        }
    }

    @Test("the source, the job, the box and the child can be chosen; each choice has an effect", arguments: files)
    func variables(_ name: String) throws {
        let dashboard = try dashboard(name)
        let choices = dashboard.templating.list.filter { $0.hide == 0 }
        #expect(choices.map(\.name) == ["datasource", "job", "instance", "child"])
        #expect(dashboard.templating.list.allSatisfy { !$0.label.isEmpty && !$0.description.isEmpty })
        let text = try file(name).text
        let used = Set(text.matches(of: /\$\{?(\w+)/).map { String($0.1) })
        let own = used.filter { !$0.hasPrefix("__") }
        #expect(own == Set(dashboard.templating.list.map(\.name)))
        let ofGrafana: Set = ["__rate_interval", "__range", "__value", "__url_time_range", "__all"]
        #expect(used.subtracting(own).isSubset(of: ofGrafana))
    }

    @Test("every query keeps to the chosen boxes, and to intervals that fit the scrapes", arguments: files)
    func queries(_ name: String) throws {
        let dashboard = try dashboard(name)
        let isFleet = dashboard.uid == "gatewarden-fleet"
        let ranges: Set = isFleet ? ["$__rate_interval", "1h"] : ["$__rate_interval", "$__range"]
        for (place, expression) in dashboard.expressions {
            // Alerts about boxes that are gone name no box.
            for selector in PromQLSelector.all(in: expression) where selector.name != "ALERTS" {
                #expect(selector.matchers.contains(#"job="$job""#), "\(place)")
                #expect(
                    selector.matchers.contains(isFleet ? #"instance=~"$instance""# : #"instance="$instance""#),
                    "\(place)")
            }
            #expect(Set(PromQLSelector.ranges(in: expression)).isSubset(of: ranges), "\(place)")
        }
    }

    @Test("escalations and restarts are marked in all panels", arguments: files)
    func annotations(_ name: String) throws {
        let expressions = try dashboard(name).annotations.list.compactMap(\.expr)
        for metric in ["supervisor_escalations_total", "gatewarden_child_restarts_total"] {
            #expect(expressions.contains { PromQLSelector.all(in: $0).contains { $0.name == metric } }, "\(metric)")
        }
    }

    @Test("a supervisor's first row has circuits, failures, the queue and the 95th percentile of action durations")
    func firstRow() throws {
        let dashboard = try dashboard("gatewarden-supervisor.json")
        let first = dashboard.panels.filter { $0.gridPos.y == 0 }
        let titles = ["Circuit status", "Infrastructure failures", "Action queue depth", "Action duration p95"]
        #expect(first.map(\.title) == titles)
        let expressions = first.compactMap { $0.targets?.first?.expr.replacing(/\{[^}]*\}/, with: "") }
        #expect(
            expressions == [
                "supervisor_circuit_breaker_open",
                "sum by (check) (rate(supervisor_infrastructure_check_failures_total[$__rate_interval]))",
                "gatewarden_action_queue_length",
                "histogram_quantile(0.95, sum by (le, action_type) "
                    + "(rate(supervisor_action_duration_seconds_bucket[$__rate_interval])))",
            ])
    }

    @Test("a query over many boxes counts them or keeps the worst few")
    func bounded() throws {
        for panel in try dashboard("gatewarden-fleet.json").allPanels {
            for target in panel.targets ?? [] {
                let isPerBox = target.legendFormat?.contains("{{instance}}") == true
                let few = try /(topk|bottomk)\((\d+),/.prefixMatch(in: target.expr).flatMap { Int($0.2) }
                #expect(isPerBox ? few.map { $0 <= 50 } == true : few == nil, "\(panel.title)")
                let isAggregated = target.expr.prefixMatch(of: /(round\()?(sum|count)\b/) != nil
                #expect(isPerBox || isAggregated, "\(panel.title)")
            }
        }
    }
}
