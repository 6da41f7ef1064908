/// Lays environment variables and flags over what the files say.
struct OverrideLayer {
    private static let prefix = "GATEWARDEN_"
    /// Variables that other parts of the gateway read.
    private static let reserved: Set<String> = ["GATEWARDEN_CONFIG", "GATEWARDEN_DATA_DIR", "GATEWARDEN_RUN_DIR"]
    private static let reservedPrefix = "GATEWARDEN_TEST_"

    /// The path of every scalar that is no part of a list, by the name of its variable.
    private let paths: [String: [String]]

    init(schema: ObjectSchema) {
        var paths: [String: [String]] = [:]
        for path in Self.scalarPaths(of: schema) {
            paths[Self.prefix + path.map(\.snakeCase).joined(separator: "_")] = path
        }
        self.paths = paths
    }

    /// Sets every variable of the gateway's prefix; one that names no setting is a problem.
    func apply(_ environment: [String: String], to root: inout RawNode, problems: inout ProblemList) {
        for name in environment.keys.sorted() where name.hasPrefix(Self.prefix) {
            guard let value = environment[name], !Self.reserved.contains(name), !name.hasPrefix(Self.reservedPrefix)
            else { continue }
            let source = ConfigurationSource.environment(name)
            if let path = paths[name] {
                root.set(value, at: path[...], source: source)
            } else {
                let suggestion = Suggestion.text(for: name, among: paths.keys.sorted())
                problems.report(source, "", "no setting has this name\(suggestion); unset it or correct it")
            }
        }
    }

    /// Sets every flag.
    func apply(_ flags: [ConfigurationOverride], to root: inout RawNode, problems: inout ProblemList) {
        let known = Set(paths.values)
        for flag in flags {
            let path = flag.path.split(separator: ".").map(String.init)
            if known.contains(path) {
                root.set(flag.value, at: path[...], source: .flag(flag.flag))
            } else {
                problems.report(.flag(flag.flag), flag.path, "no single setting has this name")
            }
        }
    }

    private static func scalarPaths(of schema: ObjectSchema) -> [[String]] {
        schema.fields.flatMap { field -> [[String]] in
            switch field.type {
            case .object(let nested): scalarPaths(of: nested).map { [field.name] + $0 }
            case .list, .map, .free, .document, .template: []
            case .string, .text, .scalar, .integer, .decimal, .byteCount, .boolean, .duration, .choice, .endpoint,
                .httpURL, .metricSelector, .path, .umask:
                [[field.name]]
            }
        }
    }
}

extension String {
    /// `tickInterval` becomes `TICK_INTERVAL`.
    fileprivate var snakeCase: String {
        map { $0.isUppercase ? "_\($0)" : $0.uppercased() }.joined()
    }
}
