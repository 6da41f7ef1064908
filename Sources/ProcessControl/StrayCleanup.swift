/// What was found of an earlier gateway.
public struct StrayCleanup: Equatable, Sendable {
    /// What was done per record of what is not to be adopted.
    public let cleaned: [CleanedStray]
    /// What still runs, to be adopted or ended.
    public let adoptable: [AdoptableChild]
}
