/// Rules for one protocol converter.
enum ConverterRules {
    /// Reports a converter that has no parts, only some of them, or parts beside a template.
    static func check(_ converter: ConverterSubject, problems: inout ProblemList) {
        let own = converter.own
        let object = own.object
        LocationRules.check(
            object[ProtocolConverterSchema.location],
            path: own.path.appendingKey(ProtocolConverterSchema.location.field.name),
            problems: &problems
        )
        let inline = ProtocolConverterSchema.parts.compactMap { name in object[name].map { (name, $0) } }
        if object[ProtocolConverterSchema.template] != nil {
            for (name, value) in inline {
                let message = "cannot stand beside a template; remove one of them"
                problems.report(value.source, own.path.appendingKey(name), message)
            }
            return
        }
        let names = inline.map(\.0)
        let connection = ProtocolConverterSection.connectionName
        if !names.contains(connection) || names == [connection] {
            let found = names.isEmpty ? "none" : names.joined(separator: ", ")
            let message =
                "a template is needed, or connection and dfc_read, dfc_write or both; found: \(found)"
            problems.report(own.source, own.path, message)
        }
    }
}
