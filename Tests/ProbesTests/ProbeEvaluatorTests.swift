import Probes
import Testing

@Suite("Probe evaluator")
struct ProbeEvaluatorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var failureThreshold: Int
        var successThreshold: Int
        /// Results in order: `+` is a success, `-` a failure.
        var results: String
        /// The status after each result: `?` unknown, `p` passing, `f` failing.
        var statuses: String

        var testDescription: String { "\(failureThreshold)/\(successThreshold) \(results)" }
    }

    @Test(
        "the status changes after as many equal results in a row as the threshold says",
        arguments: [
            Case(failureThreshold: 1, successThreshold: 1, results: "+-+", statuses: "pfp"),
            Case(failureThreshold: 3, successThreshold: 1, results: "---", statuses: "??f"),
            Case(failureThreshold: 3, successThreshold: 1, results: "--+--+---", statuses: "??pppp" + "ppf"),
            Case(failureThreshold: 2, successThreshold: 3, results: "++-+++", statuses: "?????p"),
            Case(failureThreshold: 2, successThreshold: 2, results: "++-+-+--++", statuses: "?pppppp" + "ffp"),
            Case(failureThreshold: 0, successThreshold: -1, results: "-+", statuses: "fp"),
        ]
    )
    func statuses(_ test: Case) {
        var evaluator = ProbeEvaluator(
            failureThreshold: test.failureThreshold,
            successThreshold: test.successThreshold
        )
        let seen = test.results.map { result in
            _ = evaluator.record(failure: result == "+" ? nil : Self.refused)
            switch evaluator.outcome.status {
            case .unknown: return "?"
            case .passing: return "p"
            case .failing: return "f"
            }
        }
        #expect(seen.joined() == test.statuses)
    }

    @Test("a result that changes nothing is not a change")
    func unchanged() {
        var evaluator = ProbeEvaluator(failureThreshold: 2, successThreshold: 1)
        #expect(evaluator.record(failure: nil) == ProbeOutcome(status: .passing, lastFailure: nil))
        #expect(evaluator.record(failure: nil) == nil)
        #expect(evaluator.record(failure: Self.refused) == ProbeOutcome(status: .passing, lastFailure: Self.refused))
        #expect(evaluator.record(failure: Self.refused) == ProbeOutcome(status: .failing, lastFailure: Self.refused))
        #expect(evaluator.record(failure: Self.refused) == nil)
    }

    @Test("another failure is a change, and the latest one is kept until the probe passes")
    func lastFailure() {
        var evaluator = ProbeEvaluator(failureThreshold: 1, successThreshold: 2)
        let other = ProbeFailure(code: .timedOut, message: "timed out")
        #expect(evaluator.record(failure: Self.refused)?.lastFailure == Self.refused)
        #expect(evaluator.record(failure: other)?.lastFailure == other)
        #expect(evaluator.record(failure: nil) == nil)
        #expect(evaluator.outcome.lastFailure == other)
        #expect(evaluator.record(failure: nil) == ProbeOutcome(status: .passing, lastFailure: nil))
    }

    private static let refused = ProbeFailure(code: .refused, message: "connection refused")
}
