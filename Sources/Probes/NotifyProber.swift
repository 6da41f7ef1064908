/// Asks whether a process has written a newline to its notification descriptor.
///
/// The convention is that of s6 (https://skarnet.org/software/s6/notifywhenup.html): a process is told the number of an
/// open descriptor by its own configuration, and writes a newline to it once it is ready.
struct NotifyProber: Prober {
    private let descriptor: Int32
    private let latch: NotificationLatch

    /// Makes a prober.
    ///
    /// - Parameters:
    ///   - descriptor: The number of the descriptor in the process, for the message.
    ///   - latch: Whether the process has written.
    init(descriptor: Int32, latch: NotificationLatch) {
        self.descriptor = descriptor
        self.latch = latch
    }

    /// Looks whether the process has written until now.
    ///
    /// - Parameter timeout: Without effect: the answer is there without waiting.
    /// - Throws: ``ProbeFailure`` with ``ProbeFailure/Code/notNotified``.
    func probe(within timeout: Duration) async throws(ProbeFailure) {
        guard latch.isSet else {
            let message = "notify: the process has not written a newline to descriptor \(descriptor) yet"
            throw ProbeFailure(code: .notNotified, message: message)
        }
    }
}
