/// What becomes of metric and label names that are not made of the legacy characters.
///
/// A scraper asks for one of them in its `Accept` header. Source:
/// https://prometheus.io/docs/instrumenting/escaping_schemes/, and prometheus/common's `model.EscapeName` where the page
/// leaves something open: with `dots`, any other character becomes two underscores.
public enum NameEscaping: String, Sendable, Equatable, CaseIterable {
    /// Names stay as they are; one that is not legacy is written in quotes.
    case allowUTF8 = "allow-utf-8"
    /// Each character that is not legacy becomes `_`.
    case underscores
    /// `.` becomes `_dot_`; `_` and each other character that is not legacy become `__`.
    case dots
    /// A name that is not legacy becomes `U__`, with `__` for `_` and `_2e_` (the code point) for `.`.
    case values

    /// The name of a metric under this scheme.
    ///
    /// - Parameter name: Any text that is not empty.
    /// - Returns: The text; a legacy name, unless the scheme is `allowUTF8`.
    public func metricName(_ name: String) -> String {
        escaped(name, isLegacy: NameRules.isMetricName, allowsColon: true)
    }

    /// The name of a label under this scheme; unlike a metric's it has no colons.
    ///
    /// - Parameter name: Any text that is not empty.
    /// - Returns: The text; a legacy name, unless the scheme is `allowUTF8`.
    public func labelName(_ name: String) -> String {
        escaped(name, isLegacy: NameRules.isBareLabelName, allowsColon: false)
    }

    private func escaped(_ name: String, isLegacy: (String) -> Bool, allowsColon: Bool) -> String {
        switch self {
        case .allowUTF8:
            name
        case .underscores:
            replacing(in: name, allowsColon, underscore: "_") { _ in "_" }
        case .dots:
            replacing(in: name, allowsColon, underscore: "__") { $0 == "." ? "_dot_" : "__" }
        case .values where isLegacy(name):
            name
        case .values:
            "U__" + replacing(in: name, allowsColon, underscore: "__") { "_\(String($0.value, radix: 16))_" }
        }
    }

    /// The text with every character replaced that is not legacy at its place: a digit is not at the start.
    private func replacing(
        in name: String, _ allowsColon: Bool, underscore: String, others: (Unicode.Scalar) -> String
    ) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            if scalar == "_" {
                result += underscore
            } else if NameRules.isNameScalar(scalar, isFirst: result.isEmpty) || allowsColon && scalar == ":" {
                result.unicodeScalars.append(scalar)
            } else {
                result += others(scalar)
            }
        }
        return result
    }
}
