/// What a running program that moves data does: a flow or a broker.
public enum ProgramActivity: Sendable, Equatable {
    /// It has not answered yet.
    case unknown
    /// It moves nothing for a while, and could.
    case idle
    /// It moves data.
    case active
    /// It does not do all that it should.
    case degraded(String)

    /// The name of the state.
    var name: String {
        switch self {
        case .unknown: "starting"
        case .idle: "idle"
        case .active: "active"
        case .degraded: "degraded"
        }
    }
}
