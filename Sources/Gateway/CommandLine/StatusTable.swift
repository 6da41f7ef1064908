public import OperatorHTTP

/// The tree with states, pids, uptime and restarts, as text for a person.
public struct StatusTable: CustomStringConvertible {
    private static let headings = ["CHILD", "STATE", "READY", "PID", "UPTIME", "RESTARTS", "REASON"]

    private let status: GatewayStatus

    /// Creates a table.
    ///
    /// - Parameter status: what to show.
    public init(_ status: GatewayStatus) {
        self.status = status
    }

    /// The lines of the table, without a line end after the last one.
    public var description: String {
        let summary = "gatewarden \(status.version), pid \(status.pid), up \(Self.text(status.uptime)): \(status.state)"
        let rows = [Self.headings] + Self.rows(status.root, depth: 0)
        let widths = Self.headings.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
        return ([summary, ""] + lines).joined(separator: "\n")
    }

    private static func rows(_ node: NodeStatus, depth: Int) -> [[String]] {
        let row = [
            String(repeating: "  ", count: depth) + node.identity.name,
            node.state,
            node.ready ? "yes" : "no",
            node.pid.map { "\($0)" } ?? "-",
            node.uptime.map(text) ?? "-",
            "\(node.restarts)",
            [node.circuit?.summary, node.reason].compactMap(\.self).joined(separator: "; "),
        ]
        return [row] + node.children.flatMap { rows($0, depth: depth + 1) }
    }

    /// A duration in its two largest units, such as `3d4h`, `12m5s` or `0s`.
    static func text(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m\(seconds % 60)s"
        case ..<86_400: return "\(seconds / 3600)h\(seconds % 3600 / 60)m"
        default: return "\(seconds / 86_400)d\(seconds % 86_400 / 3600)h"
        }
    }
}
