/// What a reading of access has come to.
public enum AccessOutcome: Sendable {
    /// What was read applies from now on.
    case applied(ServerAccess)
    /// Something is wrong with what was read; what was read before applies on.
    case kept(reason: String)
}
