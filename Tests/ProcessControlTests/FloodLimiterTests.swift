import ProcessControl
import Testing

@Suite("FloodLimiter")
struct FloodLimiterTests {
    /// What is tried at a moment, and what passes.
    struct Attempt: Sendable {
        let milliseconds: Int
        let lines: Int
        let passed: Int

        init(at milliseconds: Int, _ lines: Int, passed: Int) {
            self.milliseconds = milliseconds
            self.lines = lines
            self.passed = passed
        }
    }

    /// 100 lines a second, 50 at once.
    private static let rows: [[Attempt]] = [
        [Attempt(at: 0, 50, passed: 50), Attempt(at: 0, 1, passed: 0)],
        [Attempt(at: 0, 80, passed: 50), Attempt(at: 9, 5, passed: 0), Attempt(at: 10, 5, passed: 1)],
        [Attempt(at: 0, 50, passed: 50), Attempt(at: 100, 20, passed: 10), Attempt(at: 100, 1, passed: 0)],
        [Attempt(at: 0, 50, passed: 50), Attempt(at: 3_600_000, 1000, passed: 50)],
        [Attempt(at: 0, 49, passed: 49), Attempt(at: 0, 5, passed: 1), Attempt(at: 5, 5, passed: 0)],
    ]

    @Test("so many lines pass at once, and then so many a second", arguments: rows)
    func bucket(_ attempts: [Attempt]) {
        var limiter = FloodLimiter(linesPerSecond: 100, burst: 50)
        let start = ContinuousClock.now
        for attempt in attempts {
            let now = start.advanced(by: .milliseconds(attempt.milliseconds))
            let passed = min(limiter.allowance(at: now), attempt.lines)
            limiter.spend(passed)
            #expect(passed == attempt.passed)
        }
    }

    @Test("over ten seconds of a flood, the rate and one burst pass")
    func flood() {
        var limiter = FloodLimiter(linesPerSecond: 1000, burst: 5000)
        let start = ContinuousClock.now
        var passed = 0
        for millisecond in 0...10_000 {
            let lines = min(100, limiter.allowance(at: start.advanced(by: .milliseconds(millisecond))))
            limiter.spend(lines)
            passed += lines
        }
        #expect((14_999...15_000).contains(passed))
    }

    @Test("lines that passed without being asked for are paid back")
    func debt() {
        var limiter = FloodLimiter(linesPerSecond: 10, burst: 1)
        let start = ContinuousClock.now
        #expect(limiter.allowance(at: start) == 1)
        limiter.spend(3)
        #expect(limiter.allowance(at: start.advanced(by: .milliseconds(200))) <= 0)
        #expect(limiter.allowance(at: start.advanced(by: .milliseconds(300))) == 1)
    }
}
