import ProcessControl
import Testing
import Workers

@testable import Supervision

@Suite("ProcessState")
struct ProcessStateTests {
    private static let now = Moment(sinceStart: .seconds(100))
    private static let running = ProcessObservation(phase: .running(pid: 7))
    private static let fresh = RestartHistory()
    private static let failed = RestartHistory(failures: 1, deaths: [now])
    private static let failedTwice = RestartHistory(failures: 2, deaths: [now, now])

    private static func ended(_ status: ProcessExit.Status, after runTime: Duration = .seconds(1)) -> ProcessObservation
    {
        ProcessObservation(phase: .ended(ProcessEnding(status: status, runTime: runTime)))
    }

    private static func next(
        _ state: ProcessState,
        target: DesiredState = .running,
        _ observed: ProcessObservation? = nil,
        policy: RestartPolicy = RestartPolicy(),
        lastAction: ActionOutcome.Result? = nil
    ) -> Transition<ProcessState> {
        let command = ProcessCommand(program: "x", environment: ProcessEnvironment(gateway: [:]))
        return state.next(
            Snapshot(
                identity: WorkerIdentity(id: SupervisorID(number: 1), type: "process", path: HierarchyPath(root: "x")),
                desired: ProcessConfiguration(command: command, restart: policy),
                target: target,
                observed: observed,
                now: now,
                lastAction: lastAction.map {
                    ActionOutcome(name: "start-process", result: $0, endedAt: now, duration: .zero)
                }
            )
        )
    }

    /// A row of the table: a state, what is seen, and what follows.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let decision: @Sendable () -> Transition<ProcessState>
        let expected: Transition<ProcessState>

        init(
            _ name: String,
            _ decision: @autoclosure @escaping @Sendable () -> Transition<ProcessState>,
            _ expected: Transition<ProcessState>
        ) {
            testDescription = name
            self.decision = decision
            self.expected = expected
        }
    }

    private static let deadline = now.advanced(by: .seconds(15))
    private static let rows = [
        Row("stopped, should run", next(.stopped), .perform(.start, then: .starting(fresh))),
        Row("stopped, should be stopped", next(.stopped, target: .stopped), .stay),
        Row(
            "starting, runs, no startup probe", next(.starting(fresh), running), .move(to: .running(since: now, fresh))),
        Row("starting, nothing seen yet", next(.starting(fresh), nil), .stay),
        Row(
            "starting, the start failed for the first time",
            next(.starting(fresh), lastAction: .failure("not found")),
            .perform(.start, then: .starting(failed))
        ),
        Row(
            "starting, the start failed again",
            next(.starting(failed), lastAction: .failure("not found")),
            .move(
                to: .backoff(
                    until: now.advanced(by: .milliseconds(500)), failedTwice, cause: "not found"))
        ),
        Row(
            "starting, should stop",
            next(.starting(fresh), target: .stopped, running),
            .perform(.terminate, then: .stopping(deadline: deadline, .stop))
        ),
        Row("running, runs", next(.running(since: now, fresh), running), .stay),
        Row(
            "running, died for the first time",
            next(.running(since: now, fresh), ended(.signaled(.kill, coreDumped: false))),
            .perform(.start, then: .starting(failed))
        ),
        Row(
            "running, died again after a short run",
            next(.running(since: now, failed), ended(.exited(code: 1))),
            .move(
                to: .backoff(
                    until: now.advanced(by: .milliseconds(500)),
                    failedTwice,
                    cause: "ended with exit code 1"
                )
            )
        ),
        Row(
            "running, died again after a stable run",
            next(.running(since: now, RestartHistory(failures: 5)), ended(.exited(code: 1), after: .seconds(10))),
            .perform(.start, then: .starting(failed))
        ),
        Row(
            "running, succeeded, restarted on failure only",
            next(.running(since: now, fresh), ended(.exited(code: 0)), policy: RestartPolicy(mode: .onFailure)),
            .move(to: .completed(cause: "ended with exit code 0"))
        ),
        Row(
            "running, failed, restarted on failure",
            next(.running(since: now, fresh), ended(.exited(code: 1)), policy: RestartPolicy(mode: .onFailure)),
            .perform(.start, then: .starting(failed))
        ),
        Row(
            "running, ended with another success code",
            next(
                .running(since: now, fresh),
                ended(.exited(code: 3)),
                policy: RestartPolicy(mode: .onFailure, successExitCodes: [0, 3])
            ),
            .move(to: .completed(cause: "ended with exit code 3"))
        ),
        Row(
            "running, failed, never restarted",
            next(.running(since: now, fresh), ended(.exited(code: 1)), policy: RestartPolicy(mode: .never)),
            .move(to: .completed(cause: "ended with exit code 1"))
        ),
        Row(
            "running, died while it should stop",
            next(.running(since: now, fresh), target: .stopped, ended(.exited(code: 1))),
            .move(to: .stopped)),
        Row("backoff, not due", next(.backoff(until: deadline, failed, cause: "x")), .stay),
        Row("backoff, due", next(.backoff(until: now, failed, cause: "x")), .perform(.start, then: .starting(failed))),
        Row(
            "backoff, should stop", next(.backoff(until: deadline, failed, cause: "x"), target: .stopped),
            .move(to: .stopped)),
        Row("stopping, still runs", next(.stopping(deadline: deadline, .stop), target: .stopped, running), .stay),
        Row(
            "stopping, out of time",
            next(.stopping(deadline: now, .stop), target: .stopped, running),
            .perform(.kill, then: .killing(.stop))
        ),
        Row(
            "stopping, gone", next(.stopping(deadline: deadline, .stop), target: .stopped, ended(.exited(code: 0))),
            .move(to: .stopped)),
        Row("killing, still there", next(.killing(.stop), target: .stopped, running), .stay),
        Row(
            "killed for a restart, gone",
            next(.killing(.restart(fresh, cause: "x")), ended(.signaled(.kill, coreDumped: false))),
            .perform(.start, then: .starting(failed))
        ),
        Row(
            "killed for a restart, should be stopped meanwhile",
            next(.killing(.restart(fresh, cause: "x")), target: .stopped, ended(.exited(code: 0))),
            .move(to: .stopped)
        ),
        Row("completed, should run", next(.completed(cause: "x")), .stay),
        Row("completed, should stop", next(.completed(cause: "x"), target: .stopped), .move(to: .stopped)),
        Row(
            "starting, the startup probe has not passed",
            next(.starting(fresh), ProcessObservation(phase: .running(pid: 7), startup: .pending(lastFailure: nil))),
            .stay
        ),
        Row(
            "starting, the startup probe failed",
            next(.starting(fresh), ProcessObservation(phase: .running(pid: 7), startup: .failing("refused"))),
            .perform(
                .terminate,
                then: .stopping(deadline: deadline, .restart(fresh, cause: "startup probe failed: refused"))
            )
        ),
        Row(
            "running, the liveness probe failed",
            next(.running(since: now, fresh), ProcessObservation(phase: .running(pid: 7), liveness: .failing("hung"))),
            .perform(
                .terminate,
                then: .stopping(deadline: deadline, .restart(fresh, cause: "liveness probe failed: hung"))
            )
        ),
        Row(
            "running, the readiness probe failed",
            next(.running(since: now, fresh), ProcessObservation(phase: .running(pid: 7), readiness: .failing("503"))),
            .stay
        ),
    ]

    @Test("each state follows its table", arguments: rows)
    func table(_ row: Row) {
        #expect(row.decision() == row.expected)
    }

    @Test("every state's name is among the names that metrics are prepared for")
    func names() {
        let states: [ProcessState] = [
            .stopped, .starting(Self.fresh), .running(since: Self.now, Self.fresh),
            .backoff(until: Self.now, Self.fresh, cause: ""),
            .stopping(deadline: Self.now, .stop), .killing(.stop), .completed(cause: ""),
        ]
        #expect(states.map(\.name) == ProcessState.names)
    }
}
