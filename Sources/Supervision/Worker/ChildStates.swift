/// What a parent's state machine may know of its children: the last known states, nothing of what they observe.
public struct ChildStates: Sendable, Equatable {
    private let positions: [String: Int]
    private var states: [String]
    /// The number of children that should run.
    public internal(set) var wanted = 0
    /// The number of children that should run and are ready.
    public internal(set) var ready = 0
    /// The number of children of which something runs.
    var restless = 0

    /// Creates a view of a worker's children, as a test of a state does.
    public init(states: [String: String] = [:], wanted: Int = 0, ready: Int = 0, areAllAtRest: Bool = true) {
        positions = Dictionary(uniqueKeysWithValues: zip(states.keys, 0...))
        self.states = Array(states.values)
        self.wanted = wanted
        self.ready = ready
        restless = areAllAtRest ? 0 : 1
    }

    /// Creates a view of children that do not exist yet.
    init(positions: [String: Int]) {
        self.positions = positions
        states = [String](repeating: "", count: positions.count)
    }

    /// Whether nothing of any child runs.
    public var areAllAtRest: Bool { restless == 0 }

    /// Returns the last known state's name of a child, or nil for a child that is not declared.
    ///
    /// - Parameter name: the child's name.
    /// - Returns: the state's name, or nil.
    public func childState(_ name: String) -> String? {
        positions[name].map { states[$0] }
    }

    mutating func setState(_ state: String, at position: Int) { states[position] = state }
}
