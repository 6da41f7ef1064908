extension CircuitStatus {
    /// An open circuit in a few words, such as `circuit open: crash_loop broker, attempt 2/5, next in 4 s`; `nil` while
    /// it is closed.
    ///
    /// The number of the attempt is that of the attempts that have failed, as in the log; the time until the next one is
    /// rounded up to seconds.
    public var summary: String? {
        guard open else { return nil }
        let culprit = [failingCheck, blamedChild].compactMap(\.self).joined(separator: " ")
        var parts = ["circuit open" + (culprit.isEmpty ? "" : ": \(culprit)"), "attempt \(attempts)/\(maxAttempts)"]
        if recoveryStatus == Self.escalated { parts.append(recoveryStatus) }
        if let nextRetryIn {
            parts.append("next in \(Int64((nextRetryIn / .seconds(1)).rounded(.up))) s")
        }
        return parts.joined(separator: ", ")
    }

    /// The recovery status of a circuit that has called a person; source: the table of the specification of the engine.
    private static let escalated = "escalated"
}
