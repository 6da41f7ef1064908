import Supervision

/// Follows a connection from attempt to attempt.
struct ConnectionWatch: Sendable {
    /// How many changes are remembered at most, whatever the configuration says.
    static let changeLimit = 1000

    private(set) var observation = ConnectionObservation()
    private var failures = 0
    /// When the reach changed, the last time last.
    private var changes: [Moment] = []

    /// Takes in how an attempt ended.
    ///
    /// - Parameters:
    ///   - result: how long it took to connect, or why it failed.
    ///   - configuration: the thresholds.
    ///   - now: when it ended.
    mutating func note(
        _ result: Result<Duration, ConnectionFailure>,
        _ configuration: ConnectionConfiguration,
        at now: Moment
    ) {
        switch result {
        case .success(let time):
            failures = 0
            if case .down = observation.reach { noteChange(configuration, at: now) }
            observation.reach = .up(connectTime: time)
        case .failure(let failure):
            failures += 1
            if failures >= configuration.failureThreshold {
                if case .up = observation.reach { noteChange(configuration, at: now) }
                observation.reach = .down(failure.reason)
            }
        }
        changes.removeAll { $0.duration(to: now) > configuration.flapWindow }
        observation.changes = changes.count
    }

    private mutating func noteChange(_ configuration: ConnectionConfiguration, at now: Moment) {
        let limit = min(configuration.flapThreshold, Self.changeLimit)
        changes = (changes + [now]).suffix(limit)
    }
}

/// Why a connection could not be made.
struct ConnectionFailure: Error, Sendable, Equatable {
    let reason: String
}
