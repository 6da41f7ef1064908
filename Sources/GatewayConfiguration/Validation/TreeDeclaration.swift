/// What the rules between children need to know of one, read from the validated values.
struct TreeDeclaration {
    /// A name with the place where it is written.
    struct Name {
        let text: String
        let source: ConfigurationSource
        let path: String
    }

    /// What a child is to the tree.
    enum Role {
        /// A child of the top level, or of the group that it names.
        case member
        /// A node of the top level with children of its own.
        case parent
        /// A child of such a node.
        case part(of: Name)
    }

    /// What identifies the child.
    let key: String
    /// The name; nil where it is missing or wrong, which has been reported.
    let name: Name?
    let group: Name?
    let dependsOn: [Name]
    let role: Role
    /// What the child is called in messages, such as `a process`.
    let noun: String

    /// Takes a child that names itself.
    init(_ subject: ChildSubject, noun: String, role: Role = .member) {
        let own = subject.object[ProcessSchema.name.field.name].flatMap {
            Name($0, source: subject.source(of: $0), path: "\(subject.path).name")
        }
        self.init(subject, name: own, noun: noun, role: role)
    }

    /// Takes a part of a node, which is named by what it is.
    init(part name: String, _ subject: ChildSubject, of parent: Name) {
        let name = Name(text: name, source: subject.source, path: subject.path)
        self.init(subject, name: name, noun: "a part of a protocol converter", role: .part(of: parent))
    }

    private init(_ subject: ChildSubject, name: Name?, noun: String, role: Role) {
        key = subject.key
        self.name = name
        self.noun = noun
        self.role = role
        group =
            switch role {
            case .member, .parent:
                subject.object[ProcessSchema.group.field.name].flatMap {
                    Name($0, source: $0.source, path: "\(subject.path).group")
                }
            case .part(let parent): parent
            }
        let dependencies = subject.object[ProcessSchema.dependsOn.field.name]?.list ?? []
        dependsOn = dependencies.enumerated().compactMap { index, value in
            Name(value, source: subject.source(of: value), path: "\(subject.path).dependsOn[\(index)]")
        }
    }
}

extension TreeDeclaration.Name {
    fileprivate init?(_ value: ConfigurationValue, source: ConfigurationSource, path: String) {
        guard let text = String(value.content) else { return nil }
        self.init(text: text, source: source, path: path)
    }
}

extension ChildInventory {
    /// What the rules between children need to know, in the order in which names are taken.
    var declarations: [TreeDeclaration] {
        var declarations = [broker].compactMap(\.self).map { TreeDeclaration($0, noun: "the broker") }
        declarations += processes.map { TreeDeclaration($0, noun: "a process") }
        declarations += flows.map { TreeDeclaration($0, noun: "a flow") }
        for converter in converters {
            let own = TreeDeclaration(converter.own, noun: "a protocol converter", role: .parent)
            declarations.append(own)
            if let name = own.name { declarations += converter.declarations(below: name) }
        }
        return declarations
    }
}

extension ConverterSubject {
    /// What the rules between the parts need to know.
    func declarations(below name: TreeDeclaration.Name) -> [TreeDeclaration] {
        // Without a connection, which is a problem of its own, what the flows wait for by default would seem wrong.
        guard connection != nil else { return [] }
        return zip(ProtocolConverterSchema.parts, [connection, read, write]).compactMap { part, subject in
            subject.map { TreeDeclaration(part: part, $0, of: name) }
        }
    }
}
