/// Whether a state machine has anything new to decide on: most children have no news in most ticks.
struct DecisionPace {
    /// What a decision depends on, besides the state itself and the time.
    struct Knowledge: Equatable {
        let target: DesiredState
        let childrenRevision: Int
        let observationRevision: Int
        let desiredRevision: Int
    }

    /// What was known when the machine last decided to stay and not to wait for the time.
    var stayed: Knowledge?
    var isDerivationDue = false
    /// Whether the store has the documents that the next decision is made on.
    var isDocumented = false
    var isStale = false
    /// Observations up to this one do not show yet what the last action has done.
    var staleRevision = -1
    /// When the last observation becomes too old to act on.
    var freshUntil = Moment.start
    private(set) var firstSeen: Moment?
    private var undocumentedSince: Moment?

    /// Whether there is certainly nothing new; the children, of which nothing is asked here, aside.
    func isIdle(_ target: DesiredState, _ observationRevision: Int, at now: Moment) -> Bool {
        guard let stayed, !isDerivationDue, isDocumented, now <= freshUntil else { return false }
        return stayed.target == target && stayed.observationRevision == observationRevision
    }

    /// Whether the machine has to decide.
    ///
    /// A machine whose documents are not safe yet waits for the store, but not for ever: a box with a broken disk goes
    /// on supervising.
    mutating func isDue(_ knowledge: Knowledge, _ context: TickContext) -> Bool {
        if stayed == knowledge, isDocumented, context.now <= freshUntil { return false }
        if firstSeen == nil { firstSeen = context.now }
        guard !isDocumented else {
            undocumentedSince = nil
            return true
        }
        let since = undocumentedSince ?? context.now
        undocumentedSince = since
        return since.duration(to: context.now) >= context.settings.durabilityTimeout
    }
}
