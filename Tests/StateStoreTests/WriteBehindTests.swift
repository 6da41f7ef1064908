import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: when observed documents are written")
struct WriteBehindTests {
    enum Step {
        case note(Int)
        case urgent(Int)
        case fail
        case recover
        case turn(WriteBehind.Turn)
    }

    struct Scenario: CustomTestStringConvertible {
        let testDescription: String
        let steps: [(seconds: Double, step: Step)]

        init(_ name: String, _ steps: (Double, Step)...) {
            testDescription = name
            self.steps = steps.map { (seconds: $0.0, step: $0.1) }
        }
    }

    static func id(_ worker: Int) -> DocumentID { DocumentID(.observed, of: .numbered(worker)) }
    static func at(_ seconds: Double) -> Moment { Moment(sinceStart: .seconds(seconds)) }
    static func urgent(_ workers: Int...) -> WriteBehind.Turn { .flush(.urgent(Set(workers.map(id)))) }
    static let everything = WriteBehind.Turn.flush(.everything)

    static let scenarios = [
        Scenario("without notes there is nothing to do", (0, .turn(.idle)), (1000, .turn(.idle))),
        Scenario(
            "the first note is written after one interval, with all that came meanwhile",
            (5, .note(1)), (6, .turn(.wait(until: at(35)))), (20, .note(2)), (34, .turn(.wait(until: at(35)))),
            (35, .turn(everything)), (35, .turn(.idle))
        ),
        Scenario(
            "a stream of notes is written once per interval",
            (0, .note(1)), (30, .turn(everything)), (31, .note(1)), (32, .note(1)), (60, .turn(.wait(until: at(61)))),
            (61, .turn(everything))
        ),
        Scenario(
            "an urgent note is written at once and alone",
            (0, .note(1)), (3, .urgent(2)), (3, .turn(urgent(2))), (3, .turn(.wait(until: at(30)))),
            (30, .turn(everything))
        ),
        Scenario(
            "urgent notes are written at most once a second, together",
            (0, .urgent(1)), (0, .turn(urgent(1))), (0.1, .urgent(1)), (0.2, .urgent(2)),
            (0.2, .turn(.wait(until: at(1)))), (1, .turn(urgent(1, 2))), (1, .turn(.idle))
        ),
        Scenario(
            "an urgent note soon after a regular flush waits for the second to pass",
            (0, .note(1)), (30, .turn(everything)), (30.5, .urgent(1)), (30.5, .turn(.wait(until: at(31)))),
            (31, .turn(urgent(1)))
        ),
        Scenario(
            "a failure is tried again with backoff, whatever is noted meanwhile",
            (0, .note(1)), (30, .turn(everything)), (30, .fail), (30, .turn(.wait(until: at(31)))),
            (30.5, .urgent(2)), (30.5, .turn(.wait(until: at(31)))), (31, .turn(everything)), (31, .fail),
            (31, .turn(.wait(until: at(33)))), (33, .turn(everything)), (33, .fail), (33, .turn(.wait(until: at(37))))
        ),
        Scenario(
            "the backoff ends at a minute",
            (0, .fail), (1, .turn(everything)), (1, .fail), (3, .turn(everything)), (3, .fail), (7, .turn(everything)),
            (7, .fail), (15, .turn(everything)), (15, .fail), (31, .turn(everything)), (31, .fail),
            (63, .turn(everything)), (63, .fail), (63, .turn(.wait(until: at(123)))), (123, .turn(everything)),
            (123, .fail), (123, .turn(.wait(until: at(183))))
        ),
        Scenario(
            "failing commits do not put off the next attempt",
            (0, .fail), (0.5, .fail), (0.9, .fail), (0.9, .turn(.wait(until: at(1)))), (1, .turn(everything))
        ),
        Scenario(
            "after a recovery the interval counts again",
            (0, .fail), (0.5, .note(1)), (0.7, .recover), (0.7, .turn(.wait(until: at(30.5)))),
            (30.5, .turn(everything)), (40, .fail), (40, .turn(.wait(until: at(41))))
        ),
    ]

    @Test("decides by the time that has passed", arguments: scenarios)
    func decides(_ scenario: Scenario) {
        var decisions = WriteBehind(interval: .seconds(30))
        for (seconds, step) in scenario.steps {
            let now = Self.at(seconds)
            switch step {
            case .note(let worker): _ = decisions.note(Self.id(worker), isUrgent: false, at: now)
            case .urgent(let worker): _ = decisions.note(Self.id(worker), isUrgent: true, at: now)
            case .fail: decisions.failed(at: now)
            case .recover: decisions.recovered()
            case .turn(let expected):
                let turn = decisions.takeTurn(at: now)
                #expect(turn == expected, "at \(seconds) s")
            }
        }
    }

    @Test("says when the next turn became earlier, and only then")
    func wakes() {
        var decisions = WriteBehind(interval: .seconds(30))
        let notes = [(1, false, 0.0), (2, false, 1.0), (2, true, 2.0), (3, true, 2.0)]
        let isEarlier = notes.map { worker, isUrgent, seconds in
            decisions.note(Self.id(worker), isUrgent: isUrgent, at: Self.at(seconds))
        }
        #expect(isEarlier == [true, false, true, false])
    }

    @Test("takes less than a second for a second")
    func shortInterval() {
        var decisions = WriteBehind(interval: .zero)
        _ = decisions.note(Self.id(1), isUrgent: false, at: Self.at(0))
        let turn = decisions.takeTurn(at: Self.at(0))
        #expect(turn == .wait(until: Self.at(1)))
    }
}
