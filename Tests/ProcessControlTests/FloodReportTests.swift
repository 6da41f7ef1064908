import ProcessControl
import Testing

@Suite("FloodReport")
struct FloodReportTests {
    private var report = FloodReport()
    private let start = ContinuousClock.now

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant {
        start.advanced(by: .milliseconds(milliseconds))
    }

    @Test("a flood is told of once it is over")
    mutating func end() {
        #expect(report.note(dropped: 5, at: at(0)) == true)
        #expect(report.note(dropped: 7, at: at(400)) == false)
        #expect(report.step(at: at(400)) == .wait(until: at(1400)))
        #expect(report.step(at: at(1399)) == .wait(until: at(1400)))
        #expect(report.step(at: at(1400)) == .tell(dropped: 12))
        #expect(report.step(at: at(1400)) == .rest)
    }

    @Test("a flood that lasts is told of every ten seconds, and each line once")
    mutating func lasting() {
        var told: [Int] = []
        for second in stride(from: 0, through: 25_000, by: 500) {
            _ = report.note(dropped: 1, at: at(second))
            if case .tell(let dropped) = report.step(at: at(second)) { told.append(dropped) }
        }
        #expect(told == [21, 20])
        #expect(report.step(at: at(26_000)) == .tell(dropped: 10))
        #expect(report.step(at: at(26_000)) == .rest)
    }

    @Test("with nothing new to tell after an interval, only the end is waited for")
    mutating func quietInterval() {
        _ = report.note(dropped: 1, at: at(0))
        _ = report.note(dropped: 1, at: at(9500))
        #expect(report.step(at: at(10_000)) == .tell(dropped: 2))
        #expect(report.step(at: at(10_000)) == .wait(until: at(10_500)))
        #expect(report.step(at: at(10_500)) == .rest)
    }

    @Test("who takes the steps goes on until a rest, so that nobody else begins meanwhile")
    mutating func oneWatcher() {
        #expect(report.note(dropped: 3, at: at(0)) == true)
        #expect(report.end() == 3)
        #expect(report.end() == 0)
        #expect(report.note(dropped: 1, at: at(100)) == false)
        #expect(report.step(at: at(1100)) == .tell(dropped: 1))
        #expect(report.step(at: at(1100)) == .rest)
        #expect(report.note(dropped: 1, at: at(2000)) == true)
    }

    @Test("without a flood there is nothing to do")
    mutating func rest() {
        #expect(report.step(at: at(0)) == .rest)
        #expect(report.end() == 0)
    }
}
