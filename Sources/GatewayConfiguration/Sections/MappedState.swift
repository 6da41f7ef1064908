/// What a child should do while its parent is in a certain state.
public enum MappedState: String, Sendable, CaseIterable, SettingValue {
    /// The child runs and is kept running.
    case running
    /// Nothing of the child runs.
    case stopped
}

extension ConfigurationObject {
    /// The entries as a mapping of a parent's states.
    var mappedStates: [String: MappedState] {
        var states: [String: MappedState] = [:]
        for entry in entries { states[entry.name] = MappedState(entry.value.content) }
        return states
    }
}
