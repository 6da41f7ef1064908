/// Rules for the configuration of one flow, as far as the gateway relies on it.
enum FlowRules {
    /// The longest time that a program may get to end.
    private static let longestShutdown = Duration.seconds(3600)

    /// Reports times that Benthos or the gateway would not accept, and keys that would not be what they seem.
    static func check(_ flow: ChildSubject, problems: inout ProblemList) {
        guard let document = flow.document else { return }
        for key in [FlowShutdown.delayKey, FlowShutdown.timeoutKey] {
            guard let value = document.content[key], let fault = fault(of: value) else { continue }
            problems.report(value.source, document.path.appendingKey(key), fault)
        }
        checkKeys(document.content, path: document.path, problems: &problems)
    }

    private static func fault(of value: ConfigurationValue) -> String? {
        let allowed = "allowed: 0s to \(DurationText.format(longestShutdown)), written like 500ms, 20s or 1m30s"
        guard let text = value.content.scalarText else { return "expected a duration; \(allowed)" }
        let shown = value.isSecret ? "the value" : text.quoted()
        guard let duration = GoDuration.parse(text) else {
            let hint = text.contains("${") ? "; the gateway must know it and sees no environment variables" : ""
            return "\(shown) is not a duration\(hint); \(allowed)"
        }
        return (.zero...longestShutdown).contains(duration) ? nil : "\(shown) is out of range; \(allowed)"
    }

    /// Reports merge keys: they would be written as keys of that name.
    private static func checkKeys(
        _ object: ConfigurationObject,
        path: String,
        problems: inout ProblemList
    ) {
        for entry in object.entries {
            let path = path.appendingKey(entry.name)
            if entry.name == "<<" {
                let message = "merge keys are not supported; write the entries themselves"
                problems.report(entry.value.source, path, message)
            }
            checkKeys(in: entry.value, path: path, problems: &problems)
        }
    }

    private static func checkKeys(in value: ConfigurationValue, path: String, problems: inout ProblemList) {
        switch value.content {
        case .object(let object): checkKeys(object, path: path, problems: &problems)
        case .list(let elements):
            for (index, element) in elements.enumerated() {
                checkKeys(in: element, path: "\(path)[\(index)]", problems: &problems)
            }
        case .string, .plain, .integer, .boolean, .duration: break
        }
    }
}
