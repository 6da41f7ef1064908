import ProcessControl
import Testing
import Workers

@testable import Supervision

@Suite("ProcessState: trouble")
struct ProcessTroubleTests {
    private static let now = Moment(sinceStart: .seconds(100))
    private static let looping = RestartHistory(failures: 5, crashLoop: "ended with exit code 1")
    private static let loop = Trouble(check: "crash_loop", "5 deaths in 60 s: ended with exit code 1")
    private static let unready = ProcessObservation(phase: .running(pid: 7), readiness: .failing("answered 503"))
    private static let readiness = Trouble(check: "readiness_failed", "answered 503")

    /// A row of the table.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let state: ProcessState
        let observed: ProcessObservation?
        let expected: Trouble?

        init(_ name: String, _ state: ProcessState, _ observed: ProcessObservation?, _ expected: Trouble?) {
            testDescription = name
            self.state = state
            self.observed = observed
            self.expected = expected
        }
    }

    private static let running = ProcessObservation(phase: .running(pid: 7), readiness: .passing)
    private static let ended = ProcessObservation(
        phase: .ended(ProcessEnding(status: .exited(code: 1), runTime: .zero)),
        readiness: .failing("refused")
    )
    private static let fresh = RestartHistory()
    private static let rows = [
        Row("stopped", .stopped, nil, nil),
        Row("completed", .completed(cause: "x"), nil, nil),
        Row("starting", .starting(fresh), nil, nil),
        Row("starting in a crash loop", .starting(looping), nil, loop),
        Row("backoff", .backoff(until: now, RestartHistory(failures: 4), cause: "x"), nil, nil),
        Row("backoff in a crash loop", .backoff(until: now, looping, cause: "x"), nil, loop),
        Row("running and ready", .running(since: now, fresh), running, nil),
        Row("running again, not stable yet", .running(since: Moment(sinceStart: .seconds(91)), looping), running, loop),
        Row("running again, stable", .running(since: Moment(sinceStart: .seconds(90)), looping), running, nil),
        Row("running, not ready", .running(since: .start, fresh), unready, readiness),
        Row("running, stable again and not ready", .running(since: .start, looping), unready, readiness),
        Row("running, in a crash loop and not ready", .running(since: now, looping), unready, loop),
        Row(
            "running, readiness not known yet",
            .running(since: .start, fresh),
            ProcessObservation(phase: .running(pid: 7), readiness: .pending(lastFailure: "refused")),
            nil
        ),
        Row("running, but gone", .running(since: .start, fresh), ended, nil),
        Row("stopping", .stopping(deadline: now, .stop), unready, nil),
        Row("stopping for a restart", .stopping(deadline: now, .restart(looping, cause: "x")), nil, loop),
        Row("killing", .killing(.stop), unready, nil),
        Row("killing for a restart", .killing(.restart(looping, cause: "x")), nil, loop),
    ]

    @Test("each state tells its trouble", arguments: rows)
    func table(_ row: Row) {
        let command = ProcessCommand(program: "x", environment: ProcessEnvironment(gateway: [:]))
        let snapshot = Snapshot(
            identity: WorkerIdentity(id: SupervisorID(number: 1), type: "process", path: HierarchyPath(root: "x")),
            desired: ProcessConfiguration(command: command),
            target: .running,
            observed: row.observed,
            now: Self.now
        )
        #expect(row.state.trouble(snapshot) == row.expected)
    }
}
