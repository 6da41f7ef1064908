/// The order in which siblings start: every child after the ones it depends on, otherwise as declared.
public struct DependencyOrder: Sendable, Equatable {
    /// Indices into the given children, in starting order.
    public let order: [Int]
    /// For each given child, the indices of those that depend on it.
    public let dependents: [[Int]]
    /// For each given child, the indices of those that it depends on.
    public let dependencies: [[Int]]

    /// Orders children by their dependencies (Kahn's algorithm, stable in the order of declaration).
    ///
    /// - Parameter children: names and the names they depend on.
    /// - Throws: ``SupervisionError`` with ``SupervisionError/Code/unknownDependency`` or
    ///   ``SupervisionError/Code/dependencyCycle``, which prints the cycle.
    public init(_ children: [(name: String, dependsOn: [String])]) throws(SupervisionError) {
        let indices = Dictionary(children.enumerated().map { ($1.name, $0) }) { first, _ in first }
        var dependencies = [[Int]](repeating: [], count: children.count)
        var dependents = dependencies
        for (index, child) in children.enumerated() {
            for name in child.dependsOn {
                guard let dependency = indices[name] else {
                    throw SupervisionError(
                        .unknownDependency,
                        "child \(child.name) depends on \(name), which is not declared beside it; declare it or remove it"
                    )
                }
                dependencies[index].append(dependency)
                dependents[dependency].append(index)
            }
        }
        self.dependencies = dependencies
        self.dependents = dependents
        order = Self.order(dependencies: dependencies, dependents: dependents)
        if order.count < children.count {
            let cycle = Self.cycle(in: dependencies, outside: Set(order)).map { children[$0].name }
            throw SupervisionError(
                .dependencyCycle,
                "children depend on each other in a circle: \(cycle.joined(separator: " -> ")); remove one of these"
            )
        }
    }

    private static func order(dependencies: [[Int]], dependents: [[Int]]) -> [Int] {
        var missing = dependencies.map(\.count)
        var order = missing.indices.filter { missing[$0] == 0 }
        var position = 0
        while position < order.count {
            for dependent in dependents[order[position]] {
                missing[dependent] -= 1
                if missing[dependent] == 0 { order.append(dependent) }
            }
            position += 1
        }
        return order
    }

    /// Every child that Kahn's algorithm could not place has a dependency that it could not place either, so walking
    /// along such dependencies must come round.
    private static func cycle(in dependencies: [[Int]], outside placed: Set<Int>) -> [Int] {
        guard var current = dependencies.indices.first(where: { !placed.contains($0) }) else { return [] }
        var walk: [Int] = []
        while !walk.contains(current) {
            walk.append(current)
            guard let next = dependencies[current].first(where: { !placed.contains($0) }) else { return walk }
            current = next
        }
        return Array(walk.drop { $0 != current }) + [current]
    }
}
