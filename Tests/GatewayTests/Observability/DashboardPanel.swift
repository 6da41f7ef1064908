/// A panel or a row of a dashboard, as far as the tests look into it.
struct DashboardPanel: Decodable, Sendable {
    /// Where a panel is, in a grid of 24 columns.
    struct Position: Decodable, Sendable {
        let x: Int
        let y: Int
        let w: Int
        let h: Int

        /// Whether two panels share a cell.
        func overlaps(_ other: Position) -> Bool {
            x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h
        }
    }

    struct Source: Decodable, Sendable {
        let uid: String
    }

    struct Target: Decodable, Sendable {
        let refId: String
        let expr: String
        let legendFormat: String?
        let format: String?
        let instant: Bool?
    }

    /// How values are shown.
    struct Field: Decodable, Sendable {
        let unit: String?
        let links: [Dashboard.Link]?
    }

    /// How the values of some fields are shown.
    struct Override: Decodable, Sendable {
        struct Property: Decodable, Sendable {
            let id: String
            /// The value of a property named `links`; nil for others.
            let links: [Dashboard.Link]?

            private enum CodingKeys: String, CodingKey {
                case id, value
            }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                id = try container.decode(String.self, forKey: .id)
                links = id == "links" ? try container.decode([Dashboard.Link].self, forKey: .value) : nil
            }
        }

        let properties: [Property]
    }

    struct FieldConfig: Decodable, Sendable {
        let defaults: Field
        let overrides: [Override]
    }

    struct Options: Decodable, Sendable {
        struct Legend: Decodable, Sendable {
            let showLegend: Bool
        }

        let legend: Legend?
    }

    let id: Int
    let type: String
    let title: String
    let description: String?
    let datasource: Source?
    let gridPos: Position
    let targets: [Target]?
    let fieldConfig: FieldConfig?
    let options: Options?
    let links: [Dashboard.Link]?
    /// Of a row that is collapsed: what it hides.
    let panels: [DashboardPanel]?

    var isRow: Bool { type == "row" }

    /// The links of the panel and of its values.
    var allLinks: [Dashboard.Link] {
        let ofOverrides = fieldConfig?.overrides.flatMap(\.properties).compactMap(\.links).flatMap(\.self)
        return (links ?? []) + (fieldConfig?.defaults.links ?? []) + (ofOverrides ?? [])
    }
}
