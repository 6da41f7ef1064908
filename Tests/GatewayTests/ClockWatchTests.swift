import Supervision
import Testing

@testable import Gateway

@Suite("ClockWatch")
struct ClockWatchTests {
    /// The calendar at the clock's start.
    private static let origin = Duration.seconds(1_800_000_000)

    /// A look after some time, at a calendar that is ahead by some milliseconds, and that took as long as that.
    private static func look(at seconds: Int, ahead: Int = 0, taking: Duration = .zero) -> ClockWatch.Look {
        let before = Moment(sinceStart: .seconds(seconds))
        return ClockWatch.Look(
            before: before,
            calendar: origin + .seconds(seconds) + .milliseconds(ahead),
            after: before.advanced(by: taking)
        )
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let looks: [ClockWatch.Look]
        let jumps: [ClockWatch.Jump?]
    }

    private static let rows = [
        Row(testDescription: "the first look says nothing", looks: [look(at: 5, ahead: 9_000_000)], jumps: [nil]),
        Row(
            testDescription: "time that passes is no jump, however much",
            looks: [look(at: 0), look(at: 1), look(at: 86_400)],
            jumps: [nil, nil, nil]
        ),
        Row(
            testDescription: "a clock that was set forward, once",
            looks: [look(at: 0), look(at: 1, ahead: 1_500), look(at: 2, ahead: 1_500)],
            jumps: [nil, ClockWatch.Jump(direction: .forward, distance: .milliseconds(1_500)), nil]
        ),
        Row(
            testDescription: "a clock that was set back",
            looks: [look(at: 0), look(at: 1, ahead: -3_600_000)],
            jumps: [nil, ClockWatch.Jump(direction: .backward, distance: .seconds(3_600))]
        ),
        Row(
            testDescription: "just the tolerance is no jump",
            looks: [look(at: 0), look(at: 1, ahead: 1_000), look(at: 2)],
            jumps: [nil, nil, nil]
        ),
        Row(
            testDescription: "small corrections do not add up",
            looks: (0..<20).map { look(at: $0, ahead: $0 * 500) },
            jumps: .init(repeating: nil, count: 20)
        ),
        Row(
            testDescription: "a look that was interrupted is no jump",
            looks: [look(at: 0), look(at: 1, ahead: 4_000, taking: .seconds(4)), look(at: 9)],
            jumps: [nil, nil, nil]
        ),
        Row(
            testDescription: "a jump that is larger than the interruption is one",
            looks: [look(at: 0), look(at: 1, ahead: 60_000, taking: .seconds(4))],
            jumps: [nil, ClockWatch.Jump(direction: .forward, distance: .seconds(56))]
        ),
    ]

    @Test("a jump is what the passing of time does not explain", arguments: rows)
    func table(_ row: Row) {
        var watch = ClockWatch()
        #expect(row.looks.map { watch.note($0) } == row.jumps)
    }
}
