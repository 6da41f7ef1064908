import OperatorHTTP
import Testing

@Suite("CircuitStatus")
struct CircuitStatusTests {
    private static let open = CircuitStatus(
        open: true,
        attempts: 2,
        maxAttempts: 5,
        recoveryStatus: "attempting_recovery",
        nextRetryIn: .milliseconds(3001),
        failingCheck: "crash_loop",
        blamedChild: "broker"
    )
    private static let escalated = CircuitStatus(
        open: true,
        attempts: 5,
        maxAttempts: 5,
        recoveryStatus: "escalated",
        nextRetryIn: .seconds(60),
        failingCheck: "crash_loop",
        blamedChild: "broker"
    )
    private static let unblamed = CircuitStatus(open: true, attempts: 0, maxAttempts: 5, recoveryStatus: "x")
    private static let closed = CircuitStatus(open: false, attempts: 0, maxAttempts: 5, recoveryStatus: "healthy")

    @Test(
        "an open circuit is summed up in a few words, a closed one in none",
        arguments: [
            (open, "circuit open: crash_loop broker, attempt 2/5, next in 4 s"),
            (escalated, "circuit open: crash_loop broker, attempt 5/5, escalated, next in 60 s"),
            (unblamed, "circuit open, attempt 0/5"),
            (closed, nil),
        ]
    )
    func summary(_ circuit: CircuitStatus, _ expected: String?) {
        #expect(circuit.summary == expected)
    }
}
