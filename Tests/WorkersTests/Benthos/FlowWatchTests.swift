import Testing

@testable import Supervision
@testable import Workers

@Suite("FlowWatch")
struct FlowWatchTests {
    private static let lost = "Kafka broker read failed: EOF"

    /// What a flow's condition is after some looks, one a second.
    private func failure(
        _ looks: [(received: Int, trouble: Bool)], troubledAt: Duration = .seconds(1.5)
    ) throws -> FlowCondition.Failure? {
        var watch = FlowWatch()
        var failure: FlowCondition.Failure?
        for (second, look) in looks.enumerated() {
            let figures = try FlowFigures(EndpointAnswer("input_received{path=\"root.input\"} \(look.received)\n"))
            let sighting = FlowLogSignals.Sighting(text: Self.lost, at: .start.advanced(by: troubledAt))
            let moment = Moment.start.advanced(by: .seconds(second + 1))
            failure =
                watch.note(
                    FlowWatch.Look(readiness: .ready, figures: figures, trouble: look.trouble ? sighting : nil),
                    at: moment
                ).failure
        }
        return failure
    }

    @Test("a flow that says it is ready, but has lost its connection by its log, fails")
    func connectionLost() throws {
        #expect(try failure([(5, false), (5, true)]) == .connection(Self.lost))
    }

    @Test("what moves after the complaint has found its connection again")
    func movesAgain() throws {
        #expect(try failure([(5, false), (6, true)]) == nil)
    }

    @Test("a complaint from before the flow was ready is settled")
    func complaintOfTheStart() throws {
        #expect(try failure([(0, true), (0, true)], troubledAt: .seconds(0.5)) == nil)
    }

    @Test("a complaint that is forgotten counts no more")
    func forgotten() throws {
        #expect(try failure([(5, false), (5, true), (5, false)]) == nil)
    }

    @Test(
        "what came in together with the last success waits where the log says that the output is gone, and only there",
        arguments: [(true, 30), (false, nil)] as [(Bool, Int?)])
    func heldBack(isOutput: Bool, waiting: Int?) throws {
        var watch = FlowWatch()
        var condition: FlowCondition?
        for second in 1...33 {
            // Two more came in with the success of the third second, of which nobody knows how many messages it was.
            let (received, sent) = second < 3 ? (4, 2) : (6, 3)
            let figures = try FlowFigures(
                EndpointAnswer(
                    "input_received{path=\"root.input\"} \(received)\noutput_sent{path=\"root.output\"} \(sent)\n")
            )
            let now = Moment.start.advanced(by: .seconds(second))
            // It complains anew each second.
            let trouble = second > 3 ? FlowLogSignals.Sighting(text: Self.lost, at: now) : nil
            let look = FlowWatch.Look(
                readiness: .ready, figures: figures, trouble: trouble, outputTrouble: isOutput ? trouble : nil)
            condition = watch.note(look, at: now)
        }
        #expect(condition?.waiting == waiting.map { .seconds($0 - 1) })
        #expect(condition?.failure == .connection(Self.lost))
    }

    @Test("a flow that has stalled says what its log says of the reason")
    func stall() throws {
        let condition = FlowCondition(
            readiness: .ready,
            failures: 0,
            flaps: 0,
            isMoving: false,
            waiting: .seconds(31),
            failure: .connection(Self.lost)
        )
        let reason = try #require(condition.stall(after: .seconds(30)))
        #expect(reason == "stalled: messages have been waiting for 31 s, and none came out: \(Self.lost)")
    }
}
