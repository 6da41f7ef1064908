/// What a parent's state machine may know of its children: the last known states, nothing of what they observe.
public struct ChildStates: Sendable, Equatable {
    private var states: [String: String]
    /// The number of children that should run.
    public let wanted: Int
    /// The number of children that should run and are ready.
    public let ready: Int
    /// Whether nothing of any child runs.
    public let areAllAtRest: Bool

    /// Creates a view of a worker's children.
    public init(states: [String: String] = [:], wanted: Int = 0, ready: Int = 0, areAllAtRest: Bool = true) {
        self.states = states
        self.wanted = wanted
        self.ready = ready
        self.areAllAtRest = areAllAtRest
    }

    /// Returns the last known state's name of a child, or nil for a child that is not declared.
    ///
    /// - Parameter name: the child's name.
    /// - Returns: the state's name, or nil.
    public func childState(_ name: String) -> String? {
        states[name]
    }
}
