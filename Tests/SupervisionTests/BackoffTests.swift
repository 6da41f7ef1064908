import Supervision
import Testing

@Suite struct BackoffTests {
    @Test(
        "the delay doubles from the base and stays at the cap",
        arguments: [
            (0, 1), (1, 2), (2, 4), (3, 8), (5, 32), (6, 60), (7, 60), (1000, 60), (Int.max, 60), (-3, 1),
        ])
    func delays(attempts: Int, seconds: Int) {
        #expect(Backoff().delay(afterAttempts: attempts) == .seconds(seconds))
    }

    @Test("a zero base never grows, whatever the number of attempts")
    func zeroBase() {
        #expect(Backoff(base: .zero, cap: .seconds(60)).delay(afterAttempts: Int.max) == .zero)
    }

    @Test("a cap below the base is raised to the base")
    func capBelowBase() {
        #expect(Backoff(base: .seconds(5), cap: .seconds(1)).delay(afterAttempts: 3) == .seconds(5))
    }

    @Test("jitter takes away at most half of the delay", arguments: [UInt64.min, 1 << 40, UInt64.max / 2, UInt64.max])
    func jitter(entropy: UInt64) {
        let delay = Backoff().jitteredDelay(afterAttempts: 2, entropy: entropy)
        #expect(delay >= .seconds(2) && delay <= .seconds(4))
    }
}
