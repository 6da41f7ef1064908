import Gateway
import OperatorHTTP
import Testing

@Suite("StatusTable")
struct StatusTableTests {
    private static func status(_ circuit: CircuitStatus, reason: String?) -> GatewayStatus {
        let broker = NodeStatus(
            identity: NodeStatus.Identity(path: "box/broker", name: "broker", type: "process"),
            state: "backoff",
            desired: "running",
            ready: false,
            restarts: 7,
            reason: "ended with exit code 1"
        )
        let root = NodeStatus(
            identity: NodeStatus.Identity(path: "box", name: "box", type: "application"),
            state: "degraded",
            desired: "running",
            ready: false,
            reason: reason,
            circuit: circuit,
            children: [broker]
        )
        return GatewayStatus(
            version: "1.2.3",
            pid: 42,
            uptime: .seconds(61),
            state: "degraded",
            controlPlane: .fsmv2,
            root: root
        )
    }

    @Test("an open circuit stands before the reason of its supervisor")
    func openCircuit() {
        let circuit = CircuitStatus(
            open: true,
            attempts: 2,
            maxAttempts: 5,
            recoveryStatus: "attempting_recovery",
            nextRetryIn: .seconds(4),
            failingCheck: "crash_loop",
            blamedChild: "broker"
        )
        let expected = """
            gatewarden 1.2.3, pid 42, up 1m1s: degraded

            CHILD     STATE     READY  PID  UPTIME  RESTARTS  REASON
            box       degraded  no     -    -       0         \
            circuit open: crash_loop broker, attempt 2/5, next in 4 s; 1 of 2 children ready
              broker  backoff   no     -    -       7         ended with exit code 1
            """
        #expect(StatusTable(Self.status(circuit, reason: "1 of 2 children ready")).description == expected)
    }

    @Test("a closed circuit is not mentioned")
    func closedCircuit() {
        let circuit = CircuitStatus(open: false, attempts: 0, maxAttempts: 5, recoveryStatus: "healthy")
        #expect(!StatusTable(Self.status(circuit, reason: nil)).description.contains("circuit"))
    }
}
