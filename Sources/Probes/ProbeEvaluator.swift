/// Turns single probe results into a judgement: pure, without time and without waiting.
///
/// A judgement changes only after as many equal results in a row as the threshold asks for; before the first threshold
/// is reached it is ``ProbeStatus/unknown``.
public struct ProbeEvaluator: Sendable, Equatable {
    /// The judgement so far.
    public private(set) var outcome = ProbeOutcome(status: .unknown, lastFailure: nil)

    private let failureThreshold: Int
    private let successThreshold: Int
    private var successes = 0
    private var failures = 0

    /// Makes an evaluator that has seen nothing yet.
    ///
    /// - Parameters:
    ///   - failureThreshold: Failures in a row that make the probe failing; values under 1 count as 1.
    ///   - successThreshold: Successes in a row that make the probe passing; values under 1 count as 1.
    public init(failureThreshold: Int, successThreshold: Int) {
        self.failureThreshold = max(1, failureThreshold)
        self.successThreshold = max(1, successThreshold)
    }

    /// Records one result.
    ///
    /// - Parameter failure: Why the probe failed; `nil` when it succeeded.
    /// - Returns: The new judgement when this result changed it, `nil` otherwise.
    public mutating func record(failure: ProbeFailure?) -> ProbeOutcome? {
        let before = outcome
        if let failure {
            recordFailure(failure)
        } else {
            recordSuccess()
        }
        return outcome == before ? nil : outcome
    }

    private mutating func recordFailure(_ failure: ProbeFailure) {
        successes = 0
        failures = min(failures + 1, failureThreshold)
        outcome.lastFailure = failure
        if failures == failureThreshold {
            outcome.status = .failing
        }
    }

    private mutating func recordSuccess() {
        failures = 0
        successes = min(successes + 1, successThreshold)
        if successes == successThreshold {
            outcome = ProbeOutcome(status: .passing, lastFailure: nil)
        }
    }
}
