/// The name and the type of something that workers depend on.
public struct DependencyKey<Value: Sendable>: Sendable {
    /// The name, as errors tell it.
    public let name: String

    /// Creates a key.
    public init(_ name: String) {
        self.name = name
    }
}

/// What workers depend on, by name: filled in the composition root, asked at a worker's creation.
public struct Dependencies: Sendable {
    private var values: [String: any Sendable] = [:]

    /// Creates an empty set.
    public init() {}

    /// Puts a dependency in; a later one of the same name replaces the earlier.
    public mutating func register<Value: Sendable>(_ key: DependencyKey<Value>, _ value: Value) {
        values[key.name] = value
    }

    /// Returns a dependency.
    ///
    /// - Parameter key: its name and type.
    /// - Returns: what was registered.
    /// - Throws: ``SupervisionError`` with ``SupervisionError/Code/missingDependency``, which names it.
    public func value<Value: Sendable>(_ key: DependencyKey<Value>) throws(SupervisionError) -> Value {
        if let value = values[key.name] as? Value { return value }
        let found = values[key.name].map { "a \(type(of: $0)) is registered under that name" } ?? "it is not registered"
        throw SupervisionError(
            .missingDependency,
            "the dependency \(key.name) (\(Value.self)) is missing: \(found); register it with the worker factory"
        )
    }
}
