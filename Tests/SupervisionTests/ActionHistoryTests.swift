import Testing

@testable import Supervision

@Suite struct ActionHistoryTests {
    private func at(_ seconds: Int) -> Moment { Moment(sinceStart: .seconds(seconds)) }

    private func outcome(_ name: String, _ result: ActionOutcome.Result, at seconds: Int) -> ActionOutcome {
        ActionOutcome(name: name, result: result, endedAt: at(seconds), duration: .zero)
    }

    private func begin(_ name: String, _ history: inout ActionHistory) {
        history.began(ActionInProgress(name: name, deadline: at(1_000)))
    }

    @Test("the first attempt is made at once, and after a success every one is a first")
    func success() {
        var history = ActionHistory()
        #expect(history.attempt("start", at: at(0), Backoff()) == 1)
        begin("start", &history)
        #expect(history.inProgress?.name == "start")
        history.ended(outcome("start", .success, at: 5))
        #expect(history.inProgress == nil)
        #expect(history.attempt("start", at: at(5), Backoff()) == 1)
    }

    @Test(
        "whatever way it failed, the next attempt waits for its delay",
        arguments: [ActionOutcome.Result.failure("broken"), .timeout, .abandoned])
    func failure(result: ActionOutcome.Result) {
        var history = ActionHistory()
        var end = 0
        for (failures, delay) in [(1, 1), (2, 2), (3, 4), (4, 8)] {
            begin("start", &history)
            history.ended(outcome("start", result, at: end))
            #expect(history.attempt("start", at: at(end + delay - 1), Backoff()) == nil)
            #expect(history.attempt("start", at: at(end + delay), Backoff()) == failures + 1)
            end += delay
        }
    }

    @Test("another action does not wait for the delay of the one that failed, and begins to count anew")
    func otherAction() {
        var history = ActionHistory()
        for _ in 0..<3 {
            begin("start", &history)
            history.ended(outcome("start", .timeout, at: 0))
        }
        #expect(history.attempt("stop", at: at(0), Backoff()) == 1)
        begin("stop", &history)
        history.ended(outcome("stop", .timeout, at: 0))
        #expect(history.attempt("stop", at: at(1), Backoff()) == 2)
    }

    @Test("that an action is waited for is told once for each")
    func awaited() {
        var history = ActionHistory()
        for _ in 0..<2 {
            begin("start", &history)
            let told = [history.tellAwaited(), history.tellAwaited()]
            #expect(told == [true, false])
        }
    }
}
