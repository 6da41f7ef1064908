/// Asks a probe's question once.
///
/// Conforming types are free of state, so one prober may be used from any task.
public protocol Prober: Sendable {
    /// Asks once and returns when the answer is the expected one.
    ///
    /// Suspends for no longer than `timeout`, and ends early when its task is cancelled; what the question has started is gone
    /// when it returns.
    ///
    /// - Parameter timeout: Time after which a missing answer is a failure.
    /// - Throws: ``ProbeFailure`` that says what was asked and what came back.
    func probe(within timeout: Duration) async throws(ProbeFailure)
}
