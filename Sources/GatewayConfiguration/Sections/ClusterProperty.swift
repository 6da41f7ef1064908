/// The value of a cluster property, with its type in JSON.
public enum ClusterProperty: Sendable, Equatable {
    /// Text.
    case string(String)
    /// A whole number.
    case integer(Int)
    /// A number that is not whole, or exceeds 64 bits; finite.
    case decimal(Double)
    /// A truth value.
    case boolean(Bool)
}

extension ConfigurationObject {
    /// The entries as cluster properties.
    var clusterProperties: [String: ClusterProperty] {
        var properties: [String: ClusterProperty] = [:]
        for entry in entries { properties[entry.name] = ClusterProperty(entry.value.content) }
        return properties
    }
}

extension ClusterProperty {
    /// Reads a validated scalar; nil for what is none.
    fileprivate init?(_ content: ConfigurationValue.Content) {
        switch content {
        case .string(let text): self = .string(text)
        case .boolean(let truth): self = .boolean(truth)
        case .integer(let number): self = .integer(number)
        case .plain(let text):
            if let number = Int(text) {
                self = .integer(number)
            } else if let number = Double(text), number.isFinite {
                self = .decimal(number)
            } else {
                self = .string(text)
            }
        case .duration, .list, .object: return nil
        }
    }
}
