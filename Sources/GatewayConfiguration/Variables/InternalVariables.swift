/// What the gateway itself says of a child: the tier `internal`, which nobody can set.
package struct InternalVariables: Sendable, Equatable {
    /// The names from the root down, the child's own included; never empty.
    package let path: [String]
    /// When the child was declared, since 1970-01-01T00:00:00Z.
    package let createdAt: Duration
    /// Where the child stands.
    package let location: LocationSection

    /// Makes the variables of a child.
    package init(path: [String], createdAt: Duration, location: LocationSection) {
        self.path = path
        self.createdAt = createdAt
        self.location = location
    }

    /// What the gateway says of a child of this one.
    func child(_ name: String) -> InternalVariables {
        InternalVariables(path: path + [name], createdAt: createdAt, location: location)
    }

    /// The values by name.
    ///
    /// A worker's id in the store is its path.
    package var values: [String: VariableValue] {
        let joined = path.joined(separator: "/")
        let texts = [
            "id": joined,
            "path": joined,
            "parentPath": path.dropLast().joined(separator: "/"),
            "name": path.last ?? "",
            "createdAt": TimestampText.format(createdAt),
            "location": location.path,
        ]
        return texts.mapValues { VariableValue(.string($0)) }
    }
}
