import GatewayConfiguration
import Supervision
import Workers

extension LoadedConfiguration {
    /// Puts what the real program finds wrong with a flow into the terms of the configuration.
    ///
    /// - Parameters:
    ///   - finding: what the program says.
    ///   - flow: the flow.
    /// - Returns: the problem, at the place where the operator wrote the setting, or as near to it as can be told.
    func problem(_ finding: FlowFinding, in flow: HierarchyPath) -> ConfigurationProblem {
        let section = setting(of: flow)
        let candidates = finding.setting.map { Self.settings(from: "\(section).config.\($0)") } ?? []
        let others = ["config", "configFile", "template"].map { "\(section).\($0)" } + [section]
        for path in candidates + others {
            guard let source = source(of: path), source != .standard else { continue }
            return ConfigurationProblem(source: source, path: path, message: "flow \(flow): \(finding.text)")
        }
        return ConfigurationProblem(source: .standard, path: section, message: "flow \(flow): \(finding.text)")
    }

    /// A problem with a flow as a whole.
    func problem(_ text: String, in flow: HierarchyPath) -> ConfigurationProblem {
        let path = setting(of: flow)
        return ConfigurationProblem(
            source: source(of: path) ?? .standard, path: path, message: "flow \(flow): \(text)")
    }

    /// The setting that declares a flow, such as `flows[2]` or `protocolConverters[0].read`.
    private func setting(of flow: HierarchyPath) -> String {
        let names = flow.components.map(String.init)
        if let index = configuration.flows.firstIndex(where: { $0.place.path == names }) { return "flows[\(index)]" }
        for (index, converter) in configuration.converters.enumerated() {
            if converter.read?.place.path == names { return "protocolConverters[\(index)].read" }
            if converter.write?.place.path == names { return "protocolConverters[\(index)].write" }
        }
        return "flows"
    }

    /// A setting and all above it, the innermost first.
    private static func settings(from path: String) -> [String] {
        var paths = [path]
        while let last = paths.last, let end = last.lastIndex(where: { $0 == "." || $0 == "[" }) {
            paths.append(String(last[..<end]))
        }
        // What is left at the end are the section and its list, which say nothing of the flow.
        return paths.filter { $0.contains(".config.") }
    }
}
