import Testing

@testable import Supervision

@Suite struct DecisionPaceTests {
    private let known = DecisionPace.Knowledge(
        target: .running, childrenRevision: 1, observationRevision: 1, desiredRevision: 1)

    private func isDue(_ pace: inout DecisionPace, at seconds: Int, waitsForTime: Bool = false) -> Bool {
        let outlets = TickContext.Outlets(
            enqueue: { _ in .accepted },
            cancelAction: { _ in },
            persist: { _, _ in },
            entropy: { 0 },
            emit: { _ in }
        )
        let now = Moment(sinceStart: .seconds(seconds))
        return pace.isDue(
            known, waitsForTime: waitsForTime,
            TickContext(now: now, settings: SupervisionSettings(), outlets: outlets))
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
        let isDueByTime = isDue(&pace, at: 9, waitsForTime: true)
        #expect(isDueByTime)
    }
}
