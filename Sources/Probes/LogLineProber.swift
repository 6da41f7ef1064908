/// Asks what the lines say that a process has written since its start.
struct LogLineProber: Prober {
    private let probe: LogProbe
    private let latch: LogLatch?

    /// Makes a prober.
    ///
    /// - Parameters:
    ///   - probe: The lines that mean something.
    ///   - latch: What was written; made for this probe.
    init(_ probe: LogProbe, latch: LogLatch?) {
        self.probe = probe
        self.latch = latch
    }

    /// Looks at what was written until now.
    ///
    /// - Parameter timeout: Without effect: the answer is there without waiting.
    /// - Throws: ``ProbeFailure`` with ``ProbeFailure/Code/lineMissing`` or ``ProbeFailure/Code/lineOfFailure``.
    func probe(within timeout: Duration) async throws(ProbeFailure) {
        switch latch?.answer(to: probe) ?? .silent {
        case .matched: break
        case .silent:
            throw ProbeFailure(code: .lineMissing, message: "log: no line contains \"\(probe.contains)\" yet")
        case .failed(let line):
            throw ProbeFailure(code: .lineOfFailure, message: "log: the process has written \"\(line)\"")
        }
    }
}
