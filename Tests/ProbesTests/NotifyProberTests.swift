import Testing

@testable import Probes

@Suite("Notify prober")
struct NotifyProberTests {
    @Test("passes once the process has notified, and from then on")
    func notified() async {
        let target = ProbeTarget.test(.notify(descriptor: 4))
        let prober = NotifyProber(descriptor: 4, latch: target.notification)
        let message = "notify: the process has not written a newline to descriptor 4 yet"
        #expect(await prober.failure() == ProbeFailure(code: .notNotified, message: message))
        target.noteNotification()
        #expect(await prober.failure() == nil)
        #expect(await prober.failure() == nil)
    }
}
