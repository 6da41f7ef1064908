import Testing

@testable import Supervision
@testable import Workers

@Suite("BrokerWatch")
struct BrokerWatchTests {
    private var watch = BrokerWatch()
    private var now = Moment.start

    private mutating func look(
        _ readiness: BrokerCondition.Readiness = .ready,
        unreachable: String? = nil,
        produced: Int? = nil,
        after time: Duration = .seconds(1)
    ) -> BrokerCondition {
        now = now.advanced(by: time)
        var look = BrokerWatch.Look(readiness: readiness, unreachable: unreachable)
        if let produced {
            var figures = BrokerFigures()
            figures.kafka.producedBytes = produced
            look.figures = figures
        }
        return watch.note(look, idleAfter: .seconds(30), at: now)
    }

    @Test("looks in a row that are not well are counted, and forgotten with the first that is")
    mutating func failures() {
        _ = look(.booting)
        #expect(look(.unanswered("x")).unreadyLooks == 2)
        #expect(look(unreachable: "x").unreadyLooks == 0)
        #expect(look(unreachable: "x").unreachableLooks == 2)
        #expect(look().unreachableLooks == 0)
    }

    @Test("it tells for how long the broker has been ready without a break")
    mutating func readyFor() {
        _ = look()
        #expect(look(after: .seconds(9)).readyFor == .seconds(9))
        #expect(look(unreachable: "x").readyFor == .zero)
        #expect(look().readyFor == .zero)
        #expect(look().readyFor == .seconds(1))
    }

    @Test("a broker is active for thirty seconds after the last byte, and its first figures are no movement")
    mutating func movement() {
        #expect(!look(produced: 100).isMoving)
        #expect(look(produced: 101).isMoving)
        #expect(look(produced: 101, after: .seconds(29)).isMoving)
        #expect(!look(produced: 101, after: .seconds(1)).isMoving)
    }

    @Test("figures that were not asked for are those of before")
    mutating func figures() {
        _ = look(produced: 100)
        #expect(look().figures?.kafka.producedBytes == 100)
    }
}
