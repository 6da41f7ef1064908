/// Asks whether a process exists, through a closure of the process's owner.
public struct AliveProber: Prober {
    private let isAlive: @Sendable () async -> Bool

    /// Makes a prober.
    ///
    /// - Parameter isAlive: Tells whether the process exists; must answer at once.
    public init(isAlive: @escaping @Sendable () async -> Bool) {
        self.isAlive = isAlive
    }

    /// Asks the owner whether the process exists.
    ///
    /// - Parameter timeout: Without effect: the owner knows the answer without waiting.
    /// - Throws: ``ProbeFailure`` with ``ProbeFailure/Code/notAlive``.
    public func probe(within timeout: Duration) async throws(ProbeFailure) {
        guard await isAlive() else {
            throw ProbeFailure(code: .notAlive, message: "the process is not running")
        }
    }
}
