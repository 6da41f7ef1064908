import Testing

@testable import Supervision
@testable import Workers

@Suite("FlowProgress")
struct FlowProgressTests {
    /// The counters of a flow, second by second.
    private struct Second: Sendable {
        var received: Int?
        var acknowledged: Int?
        var sent: Int?
        var lag: Int?
        var errors: Int?
    }

    /// How long work waits after the last of some seconds; nil where none waits.
    private func waiting(_ seconds: [Second]) -> Duration? {
        let (progress, now) = follow(seconds)
        return progress.waiting(at: now)
    }

    private func follow(_ seconds: [Second]) -> (FlowProgress, Moment) {
        var progress = FlowProgress()
        var now = Moment.start
        for second in seconds {
            now = now.advanced(by: .seconds(1))
            let totals = FlowProgress.Totals(
                received: second.received,
                acknowledged: second.acknowledged,
                sent: second.sent,
                lag: second.lag,
                outputErrors: second.errors
            )
            progress.note(totals, at: now)
        }
        return (progress, now)
    }

    @Test("a flow that receives and sends never waits")
    func healthy() {
        #expect(waiting((1...60).map { Second(received: $0, acknowledged: $0, sent: $0) }) == nil)
    }

    @Test("a flow without work never waits")
    func silent() {
        let silence = Second(received: 7, acknowledged: 7, sent: 7)
        #expect(waiting([Second(received: 6, acknowledged: 6, sent: 6)] + Array(repeating: silence, count: 60)) == nil)
    }

    @Test("one message that came in and is not finished waits, also when all counters stand still after it")
    func brokerGone() {
        let flowing = (1...5).map { Second(received: $0, acknowledged: $0, sent: $0) }
        let gone = Second(received: 6, acknowledged: 5, sent: 5)
        #expect(waiting(flowing + Array(repeating: gone, count: 31)) == .seconds(30))
    }

    @Test("what came in before the first look and is not finished waits, too")
    func stuckFromTheStart() {
        let stuck = Second(received: 71, acknowledged: 0, sent: 0)
        #expect(waiting(Array(repeating: stuck, count: 31)) == .seconds(30))
        #expect(waiting([stuck, Second(received: 71, acknowledged: 1, sent: 1)]) == nil)
        #expect(waiting(Array(repeating: Second(received: 71), count: 31)) == nil)
    }

    @Test("a message that came in together with the last success waits as well")
    func sameLook() {
        let flowing = (1...5).map { Second(received: $0, acknowledged: $0, sent: $0) }
        let gone = Second(received: 7, acknowledged: 6, sent: 6)
        #expect(waiting(flowing + Array(repeating: gone, count: 31)) == .seconds(30))
    }

    @Test("messages that are filtered out are finished: nothing waits")
    func filter() {
        #expect(waiting((1...60).map { Second(received: $0, acknowledged: $0, sent: 0) }) == nil)
    }

    @Test("a batch that is acknowledged as one does not seem to wait afterwards")
    func batches() {
        let flowing = (1...5).map { Second(received: $0 * 100, acknowledged: $0, sent: $0 * 100) }
        #expect(
            waiting(flowing + Array(repeating: Second(received: 500, acknowledged: 5, sent: 500), count: 60)) == nil)
    }

    @Test("a lag waits although nothing comes in")
    func lag() {
        let stuck = Second(received: 500, acknowledged: 5, sent: 500, lag: 12)
        #expect(waiting(Array(repeating: stuck, count: 31)) == .seconds(29))
    }

    @Test("writing that fails again and again waits, although every failure is an acknowledgement")
    func failing() {
        let seconds =
            [Second(received: 0, acknowledged: 0, sent: 0, errors: 0)]
            + (1...31).map { Second(received: $0, acknowledged: $0, sent: 0, errors: $0) }
        let (progress, now) = follow(seconds)
        #expect(progress.waiting(at: now) == .seconds(30))
        #expect(progress.failing(at: now) == .seconds(30))
    }

    @Test("the first success ends the waiting")
    func recovery() {
        let stuck = Array(repeating: Second(received: 6, acknowledged: 5, sent: 5), count: 40)
        let flowing = [Second(received: 5, acknowledged: 5, sent: 5)]
        #expect(waiting(flowing + stuck + [Second(received: 6, acknowledged: 6, sent: 6)]) == nil)
    }

    @Test("counters that went back are those of a restarted flow, of which nothing is known yet")
    func restart() {
        let stuck = Array(repeating: Second(received: 6, acknowledged: 5, sent: 5), count: 40)
        let (progress, now) = follow(stuck + [Second(received: 0, acknowledged: 0, sent: 0)])
        #expect(progress.waiting(at: now) == nil)
        #expect(!progress.isMoving(within: .seconds(30), at: now))
    }

    @Test("counters that a flow does not have say nothing")
    func unknown() {
        #expect(waiting((1...60).map { _ in Second() }) == nil)
        #expect(waiting((1...60).map { Second(sent: $0) }) == nil)
    }

    @Test("a flow moves until nothing has come in or out for a while")
    func moving() {
        let flowing = [Second(received: 1, sent: 1), Second(received: 2, sent: 2)]
        let (progress, now) = follow(flowing)
        #expect(progress.isMoving(within: .seconds(30), at: now.advanced(by: .seconds(29))))
        #expect(!progress.isMoving(within: .seconds(30), at: now.advanced(by: .seconds(30))))
    }
}
