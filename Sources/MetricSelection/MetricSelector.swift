/// Which series of a scraped text are meant: `output_connection_up{label="out",path!="root.output.fallback"}`.
///
/// The language is the part of Prometheus' instant vector selectors that needs no patterns: a name, and labels that are
/// equal to a text or differ from it. As there, a label that a series lacks counts as empty.
///
/// Source: https://prometheus.io/docs/prometheus/latest/querying/basics/
public struct MetricSelector: Sendable, Hashable, CustomStringConvertible {
    /// A condition on one label.
    public struct Matcher: Sendable, Hashable {
        /// How the label's value must compare.
        public enum Comparison: String, Sendable, Hashable {
            /// The value is the text.
            case equal = "="
            /// The value is another one.
            case notEqual = "!="
        }

        /// The label's name.
        public let label: String
        /// How its value must compare.
        public let comparison: Comparison
        /// What it is compared with.
        public let value: String
    }

    /// The name of the metric.
    public let name: String
    /// The conditions on labels, all of which must hold.
    public let matchers: [Matcher]

    /// Reads a selector.
    ///
    /// - Parameter text: The selector as it is written in PromQL.
    /// - Throws: ``MetricSelectorError`` with the first mistake and its place.
    public init(_ text: String) throws(MetricSelectorError) {
        var reader = MetricSelectorReader(text)
        name = try reader.readName()
        matchers = try reader.readMatchers()
    }

    /// The selector in the form that every reader of PromQL understands.
    public var description: String {
        if matchers.isEmpty { return name }
        let conditions = matchers.map { "\($0.label)\($0.comparison.rawValue)\"\(Self.escaped($0.value))\"" }
        return "\(name){\(conditions.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
