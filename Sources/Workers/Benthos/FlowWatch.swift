import Supervision

/// Follows one run of a flow from answer to answer.
struct FlowWatch: Sendable {
    /// What one look at the flow's HTTP server has shown.
    struct Look: Sendable {
        var readiness: FlowCondition.Readiness
        var figures: FlowFigures?
        /// What the flow's log says of late about a connection that is missing.
        var trouble: FlowLogSignals.Sighting?
        /// The same, of outputs alone.
        var outputTrouble: FlowLogSignals.Sighting?
    }

    /// The time within which readiness that comes and goes counts as flapping; the same as the window of the circuit's
    /// attempts.
    static let flapWindow = Duration.seconds(300)
    /// How long nothing must have moved for a flow to be idle; source: the same time of a broker.
    static let idleAfter = Duration.seconds(30)

    private var progress = FlowProgress()
    private var failures = 0
    /// Since when the flow has said that it is ready; nil while it does not.
    private var readySince: Moment?
    private var hasBeenReady = false
    /// When the flow became unready; at most ``FlowCondition/flapThreshold`` moments.
    private var flaps: [Moment] = []
    private var processorErrors: Int?
    /// Since when an output has been without its connection.
    private var outputLostSince: Moment?

    /// Takes in a look.
    ///
    /// - Parameters:
    ///   - look: what was seen.
    ///   - now: when.
    /// - Returns: the flow's condition.
    mutating func note(_ look: Look, at now: Moment) -> FlowCondition {
        let isReady = look.readiness == .ready
        failures = isReady ? 0 : failures + 1
        if readySince != nil, !isReady { flaps = (flaps + [now]).suffix(FlowCondition.flapThreshold) }
        readySince = isReady ? readySince ?? now : nil
        hasBeenReady = hasBeenReady || isReady
        flaps.removeAll { $0.duration(to: now) > Self.flapWindow }
        if let figures = look.figures { progress.note(FlowProgress.Totals(figures), at: now) }
        return FlowCondition(
            readiness: look.readiness,
            failures: failures,
            hasBeenReady: hasBeenReady,
            flaps: flaps.count,
            isMoving: progress.isMoving(within: Self.idleAfter, at: now),
            waiting: progress.waiting(at: now) ?? heldBack(look, at: now),
            failure: failure(look, at: now),
            figures: look.figures
        )
    }

    /// For how long work may have been waiting for an output that has lost its connection, where counters cannot tell.
    private mutating func heldBack(_ look: Look, at now: Moment) -> Duration? {
        guard progress.mayHoldWork, let trouble = look.outputTrouble, isStanding(trouble) else {
            outputLostSince = nil
            return nil
        }
        // The complaint that is known is the latest one: what counts is the first.
        let since = outputLostSince ?? trouble.at
        outputLostSince = since
        return since.duration(to: now)
    }

    private mutating func failure(_ look: Look, at now: Moment) -> FlowCondition.Failure? {
        let before = processorErrors
        processorErrors = look.figures?.processors.error ?? before
        if let failing = progress.failing(at: now) { return .outputs(failing) }
        if let trouble = look.trouble, isStanding(trouble) { return .connection(trouble.text) }
        guard let before, let processorErrors, processorErrors > before else { return nil }
        return .processors
    }

    /// Whether a connection is still missing.
    ///
    /// A log says only when it is lost. What moves, or became ready, after the complaint has found it again.
    private func isStanding(_ trouble: FlowLogSignals.Sighting) -> Bool {
        guard let readySince, trouble.at > readySince else { return false }
        return !progress.hasMoved(since: trouble.at)
    }
}
