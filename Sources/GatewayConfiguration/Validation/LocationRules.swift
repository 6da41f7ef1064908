/// Rules for the levels of a location.
enum LocationRules {
    /// Reports expressions: locations are what expressions are told, and are not rendered themselves.
    static func check(_ location: ConfigurationObject, path: String, problems: inout ProblemList) {
        for entry in location.entries {
            guard let text = String(entry.value.content), Template.isOpened(in: text) else { continue }
            let message = "an expression is not accepted in a location; write the name itself"
            problems.report(entry.value.source, path.appendingKey(entry.name), message)
        }
    }
}
