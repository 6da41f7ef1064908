import Supervision
import Testing
import Workers

@Suite("RestartHistory")
struct RestartHistoryTests {
    private let policy = RestartPolicy(backoff: Backoff(base: .seconds(1), cap: .seconds(8)))

    @Test("the first restart is immediate, the next ones wait longer and longer up to the cap")
    func delays() {
        var history = RestartHistory()
        var delays: [Duration] = []
        for _ in 0..<7 {
            switch history.restart(after: .zero, policy: policy, now: .start, entropy: .max) {
            case .now(let next):
                delays.append(.zero)
                history = next
            case .at(let moment, let next):
                delays.append(.seconds((moment.sinceStart / .seconds(1)).rounded()))
                history = next
            }
        }
        #expect(delays == [0, 1, 2, 4, 8, 8, 8].map { .seconds($0) })
    }

    @Test("a stable run makes the next restart immediate again")
    func stable() {
        let decision = RestartHistory(failures: 9).restart(after: .seconds(10), policy: policy, now: .start, entropy: 0)
        #expect(decision == .now(RestartHistory(failures: 1)))
    }
}
