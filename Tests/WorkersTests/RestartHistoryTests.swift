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
            switch history.restart(after: .zero, cause: "x", policy: policy, now: .start, entropy: .max) {
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
        let decision = RestartHistory(failures: 9)
            .restart(after: .seconds(10), cause: "x", policy: policy, now: .start, entropy: 0)
        #expect(decision == .now(RestartHistory(failures: 1, deaths: [.start])))
    }

    /// The history of a process that died at some seconds, after having run for some.
    private func history(_ deaths: [(at: Int, runTime: Int)]) -> RestartHistory {
        deaths.reduce(RestartHistory()) { history, death in
            let decision = history.restart(
                after: .seconds(death.runTime),
                cause: "death at \(death.at)",
                policy: policy,
                now: Moment(sinceStart: .seconds(death.at)),
                entropy: 0
            )
            switch decision {
            case .now(let next), .at(_, let next): return next
            }
        }
    }

    /// The deaths of a process, and why it is in a crash loop after them.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let deaths: [(at: Int, runTime: Int)]
        let crashLoop: String?
    }

    private static let rows = [
        Row(testDescription: "four deaths", deaths: [(0, 0), (1, 0), (2, 0), (3, 0)], crashLoop: nil),
        Row(
            testDescription: "the fifth within the window",
            deaths: [(0, 0), (1, 0), (2, 0), (3, 0), (60, 1)],
            crashLoop: "death at 60"
        ),
        Row(
            testDescription: "the fifth after the window",
            deaths: [(0, 0), (1, 0), (2, 0), (3, 0), (61, 1)],
            crashLoop: nil
        ),
        Row(
            testDescription: "five after stable runs that were close together",
            deaths: [(0, 12), (12, 12), (24, 12), (36, 12), (48, 12)],
            crashLoop: "death at 48"
        ),
        Row(
            testDescription: "further deaths that are far apart because of the backoff",
            deaths: [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (64, 0), (124, 0), (184, 0)],
            crashLoop: "death at 184"
        ),
        Row(
            testDescription: "a stable run after a loop",
            deaths: [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (64, 60)],
            crashLoop: nil
        ),
    ]

    @Test("five deaths within sixty seconds are a crash loop until a run is stable", arguments: rows)
    func crashLoop(_ row: Row) {
        #expect(history(row.deaths).crashLoop == row.crashLoop)
    }

    @Test("no more deaths are remembered than a crash loop takes")
    func bounded() {
        #expect(history((0..<100).map { ($0, 0) }).deaths == (95..<100).map { Moment(sinceStart: .seconds($0)) })
    }
}
