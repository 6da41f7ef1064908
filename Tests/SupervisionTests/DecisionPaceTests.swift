import Testing

@testable import Supervision

@Suite struct DecisionPaceTests {
    private let known = DecisionPace.Knowledge(
        target: .running, childrenRevision: 1, observationRevision: 1, desiredRevision: 1)

    private func isDue(_ pace: inout DecisionPace, at seconds: Int) -> Bool {
        let outlets = TickContext.Outlets(
            enqueue: { _ in .accepted },
            cancelAction: { _ in },
            persist: { _, _ in },
            emit: { _ in }
        )
        let now = Moment(sinceStart: .seconds(seconds))
        let context = TickContext(
            now: now,
            settings: SupervisionSettings(),
            generator: SplitMix64(seed: 0),
            outlets: outlets
        )
        return pace.isDue(known, context)
    }

    @Test("a machine whose documents are not safe waits for the store, but for no longer than two seconds")
    func undocumented() {
        var pace = DecisionPace()
        let due = [5, 6, 7].map { isDue(&pace, at: $0) }
        #expect(due == [false, false, true])
    }

    @Test("a change that is not safe yet makes a machine wait anew")
    func changed() {
        var pace = DecisionPace()
        pace.isDocumented = true
        let before = isDue(&pace, at: 5)
        pace.isDocumented = false
        let due = [10, 11, 12].map { isDue(&pace, at: $0) }
        #expect(before)
        #expect(due == [false, false, true])
    }

    @Test("one that stayed is not due while it knows nothing new, until its observation becomes stale")
    func stayed() {
        var pace = DecisionPace()
        pace.isDocumented = true
        pace.stayed = known
        pace.freshUntil = Moment(sinceStart: .seconds(10))
        let due = [9, 10, 11].map { isDue(&pace, at: $0) }
        #expect(due == [false, false, true])
    }

    @Test("one that stayed is idle until its target, its observation, its configuration or its documents change")
    func idle() {
        var pace = DecisionPace()
        pace.isDocumented = true
        pace.stayed = known
        pace.freshUntil = Moment(sinceStart: .seconds(10))
        let now = Moment(sinceStart: .seconds(9))
        #expect(pace.isIdle(.running, 1, at: now))
        #expect(!pace.isIdle(.stopped, 1, at: now))
        #expect(!pace.isIdle(.running, 2, at: now))
        #expect(!pace.isIdle(.running, 1, at: Moment(sinceStart: .seconds(11))))
        pace.isDerivationDue = true
        #expect(!pace.isIdle(.running, 1, at: now))
        pace.isDerivationDue = false
        pace.isDocumented = false
        #expect(!pace.isIdle(.running, 1, at: now))
    }
}
