/// What the rules between processes need to know of one, read from the validated values.
struct ProcessDeclaration {
    /// A name with the place where it is written.
    struct Name {
        let text: String
        let source: ConfigurationSource
        let path: String
    }

    /// The name; nil where it is missing or wrong, which has been reported.
    let name: Name?
    let group: Name?
    let dependsOn: [Name]

    init(_ object: ConfigurationObject, path: String) {
        name = object[ProcessSchema.name.field.name].flatMap { Name($0, path: "\(path).name") }
        group = object[ProcessSchema.group.field.name].flatMap { Name($0, path: "\(path).group") }
        dependsOn = (object[ProcessSchema.dependsOn.field.name]?.list ?? []).enumerated().compactMap { index, value in
            Name(value, path: "\(path).dependsOn[\(index)]")
        }
    }
}

extension ProcessDeclaration.Name {
    fileprivate init?(_ value: ConfigurationValue, path: String) {
        guard let text = String(value.content) else { return nil }
        self.init(text: text, source: value.source, path: path)
    }
}
