import EmbeddedFiles
import FoundationEssentials

/// A dashboard as Grafana reads it, as far as the tests look into it.
struct Dashboard: Decodable, Sendable {
    /// Where something leads to.
    struct Link: Decodable, Sendable {
        let title: String
        let url: String
    }

    /// Asks for what is drawn across the panels of a dashboard.
    struct Annotation: Decodable, Sendable {
        let name: String
        /// Missing for the marks that people make by hand.
        let expr: String?
        let titleFormat: String?
    }

    /// What is chosen at the top of a dashboard.
    struct Variable: Decodable, Sendable {
        let name: String
        let type: String
        /// 0 where it is shown, 2 where it follows from others.
        let hide: Int
        let label: String
        let description: String
        /// How its values are asked for, with `type` `query`.
        let definition: String?
    }

    struct Templating: Decodable, Sendable {
        let list: [Variable]
    }

    struct Annotations: Decodable, Sendable {
        let list: [Annotation]
    }

    let id: Int?
    let uid: String
    let title: String
    let description: String
    let schemaVersion: Int
    let tags: [String]
    /// Those in view; ``allPanels`` has the ones in collapsed rows as well.
    let panels: [DashboardPanel]
    let templating: Templating
    let annotations: Annotations
    let links: [Link]

    /// Reads a file.
    init(_ text: String) throws {
        self = try JSONDecoder().decode(Dashboard.self, from: Data(text.utf8))
    }

    /// All dashboards of the binary, by the order of their files.
    static func all() throws -> [Dashboard] {
        try EmbeddedFiles.dashboards.map { try Dashboard($0.text) }
    }

    /// The panels that show something, those in collapsed rows included.
    var allPanels: [DashboardPanel] {
        panels.flatMap { [$0] + ($0.panels ?? []) }.filter { !$0.isRow }
    }

    /// All expressions, with what asks for them.
    var expressions: [(place: String, text: String)] {
        let ofPanels = allPanels.flatMap { panel in
            (panel.targets ?? []).map { ("\(uid), panel \(panel.title), query \($0.refId)", $0.expr) }
        }
        let ofAnnotations = annotations.list.compactMap { annotation in
            annotation.expr.map { ("\(uid), annotation \(annotation.name)", $0) }
        }
        return ofPanels + ofAnnotations
    }

    /// Everything that leads out of the dashboard, with where it stands.
    var allLinks: [(place: String, url: String)] {
        links.map { (uid, $0.url) }
            + allPanels.flatMap { panel in panel.allLinks.map { ("\(uid), panel \(panel.title)", $0.url) } }
    }
}
