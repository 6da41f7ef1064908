extension RawNode {
    /// Lays a later layer over this one: mappings merge by key, lists of mappings append, everything else is replaced.
    ///
    /// A key without a value in the later layer leaves the earlier value in place.
    func merged(with later: RawNode) -> RawNode {
        if later.isNull || later.isRejected { return self }
        switch (content, later.content) {
        case (.mapping(let base), .mapping(let over)):
            return RawNode(content: .mapping(Self.merge(base, over)), source: source)
        case (.sequence(let base), .sequence(let over)) where (base + over).contains(where: \.isMapping):
            return RawNode(content: .sequence(base + over), source: source)
        default:
            return later
        }
    }

    /// Sets a scalar below this mapping; a value of another kind in between stays, for validation to report.
    mutating func set(_ scalar: String, at path: ArraySlice<String>, source: ConfigurationSource) {
        guard let name = path.first else {
            self = RawNode(content: .scalar(scalar, .untyped), source: source)
            return
        }
        if isNull { content = .mapping([]) }
        guard case .mapping(var entries) = content else { return }
        if let index = entries.firstIndex(where: { $0.name == name }) {
            entries[index].value.set(scalar, at: path.dropFirst(), source: source)
        } else {
            var value = RawNode(content: .mapping([]), source: source)
            value.set(scalar, at: path.dropFirst(), source: source)
            entries.append(RawEntry(name: name, source: source, value: value))
        }
        content = .mapping(entries)
    }

    private var isMapping: Bool { entries != nil }

    private static func merge(_ base: [RawEntry], _ over: [RawEntry]) -> [RawEntry] {
        var result = base
        var indices: [String: Int] = [:]
        for (index, entry) in base.enumerated() { indices[entry.name] = index }
        for entry in over {
            if let index = indices[entry.name] {
                result[index].value = result[index].value.merged(with: entry.value)
            } else {
                result.append(entry)
            }
        }
        return result
    }
}
