import ProcessControl
import Testing
import YAML

@testable import Supervision
@testable import Workers

@Suite("BenthosState")
struct BenthosStateTests {
    private static let now = Moment(sinceStart: .seconds(100))
    private static let old = plan("old")
    private static let new = plan("new")
    private static let fresh = RestartHistory()
    private static let running = ProcessState.running(since: now, fresh)
    private static let ready = condition(.ready)
    private static let good = FlowSelection(revision: old.revision, standing: .good)
    private static let deadline = now.advanced(by: .seconds(30))
    private static let stopping = ProcessState.stopping(deadline: now.advanced(by: .seconds(25)), .stop)

    private static func plan(_ text: String) -> FlowPlan {
        let command = ProcessCommand(program: "benthos", environment: ProcessEnvironment(gateway: [:]))
        return FlowPlan(
            configuration: BenthosConfiguration(command: command, document: .mapping([])),
            text: text,
            revision: FlowRevision(of: text),
            fixedPort: nil
        )
    }

    private static func condition(
        _ readiness: FlowCondition.Readiness,
        failures: Int = 0,
        hasBeenReady: Bool = true,
        flaps: Int = 0,
        isMoving: Bool = false,
        waiting: Duration? = nil,
        failure: FlowCondition.Failure? = nil
    ) -> FlowCondition {
        FlowCondition(
            readiness: readiness,
            failures: failures,
            hasBeenReady: hasBeenReady,
            flaps: flaps,
            isMoving: isMoving,
            waiting: waiting,
            failure: failure,
            figures: nil
        )
    }

    private static func alive(
        _ condition: FlowCondition? = nil,
        lastGood: FlowRevision? = old.revision,
        refused: FlowRefusal? = nil,
        portHolder: String? = nil
    ) -> BenthosObservation {
        BenthosObservation(
            process: ProcessObservation(phase: .running(pid: 7)),
            condition: condition,
            port: 14200,
            portHolder: portHolder,
            lastGood: lastGood,
            refused: refused
        )
    }

    private static func gone(
        _ status: ProcessExit.Status? = nil,
        lastGood: FlowRevision? = old.revision,
        refused: FlowRefusal? = nil
    ) -> BenthosObservation {
        let ending = status.map { ProcessObservation.Phase.ended(ProcessEnding(status: $0, runTime: .seconds(1))) }
        return BenthosObservation(
            process: ProcessObservation(phase: ending ?? .idle),
            lastGood: lastGood,
            refused: refused
        )
    }

    private static func snapshot(
        _ observed: BenthosObservation?,
        wants plan: FlowPlan = old,
        target: DesiredState = .running,
        lastAction: (name: String, result: ActionOutcome.Result)? = nil,
        at now: Moment = now
    ) -> Snapshot<FlowPlan, BenthosObservation> {
        Snapshot(
            identity: WorkerIdentity(id: SupervisorID(number: 1), type: "benthos", path: HierarchyPath(root: "x")),
            desired: plan,
            target: target,
            observed: observed,
            now: now,
            lastAction: lastAction.map {
                ActionOutcome(name: $0.name, result: $0.result, endedAt: now, duration: .zero)
            }
        )
    }

    private static func trial(_ plan: FlowPlan, needsReadiness: Bool = true, started: Bool = true) -> FlowSelection {
        let trial = FlowTrial(needsReadiness: needsReadiness, deadline: started ? deadline : nil)
        return FlowSelection(revision: plan.revision, standing: .trial(trial))
    }

    // MARK: First start

    @Test("a flow that was never ready is checked before it is started")
    func firstStart() {
        let stopped = BenthosState(.stopped, .undecided)
        #expect(
            stopped.next(Self.snapshot(nil))
                == .perform(
                    .check(Self.old.revision),
                    then: BenthosState(.stopped, .checking(Self.old.revision, current: nil))
                ))
        let checking = BenthosState(.stopped, .checking(Self.old.revision, current: nil))
        #expect(checking.name == "starting")
        let passed = Self.snapshot(Self.gone(lastGood: nil), lastAction: ("check-flow", .success))
        #expect(
            checking.next(passed)
                == .perform(
                    .start(.checked(Self.old.revision)),
                    then: BenthosState(
                        .starting(Self.fresh),
                        .decided(Self.trial(Self.old, needsReadiness: false), refused: nil)
                    )
                ))
    }

    @Test("a configuration that was good is started without a check")
    func goodStart() {
        let stopped = BenthosState(.stopped, .undecided)
        let snapshot = Self.snapshot(Self.gone())
        #expect(
            stopped.next(snapshot)
                == .perform(
                    .start(.lastGood(insteadOf: nil)),
                    then: BenthosState(.starting(Self.fresh), .decided(Self.good, refused: nil))
                ))
    }

    @Test("a first configuration that does not pass its check is checked again and again, ever later")
    func firstRefused() throws {
        let checking = BenthosState(.stopped, .checking(Self.old.revision, current: nil))
        let failed = Self.snapshot(Self.gone(lastGood: nil), lastAction: ("check-flow", .failure("line 3")))
        guard case .move(let backoff) = checking.next(failed) else {
            Issue.record("no move")
            return
        }
        #expect(backoff.name == "failed")
        #expect(backoff.reason(failed)?.contains("line 3") == true)
        #expect(
            backoff.next(failed)
                == .perform(
                    .check(Self.old.revision),
                    then: BenthosState(backoff.process, .checking(Self.old.revision, current: nil))
                ))
    }

    @Test("at a start, a configuration that does not pass its check gives way to the last good one")
    func typoAtStart() {
        let checking = BenthosState(.stopped, .checking(Self.new.revision, current: nil))
        let failed = Self.snapshot(Self.gone(), wants: Self.new, lastAction: ("check-flow", .failure("line 3")))
        let refusal = FlowRefusal(revision: Self.new.revision, stage: .check, reason: "line 3")
        #expect(
            checking.next(failed)
                == .perform(
                    .start(.lastGood(insteadOf: refusal)),
                    then: BenthosState(.starting(Self.fresh), .decided(Self.good, refused: refusal))
                ))
    }

    // MARK: Change

    @Test("a changed configuration is checked while the flow runs on")
    func change() {
        let state = BenthosState(Self.running, .decided(Self.good, refused: nil), .active)
        #expect(
            state.next(Self.snapshot(Self.alive(Self.ready), wants: Self.new))
                == .perform(
                    .check(Self.new.revision),
                    then: BenthosState(Self.running, .checking(Self.new.revision, current: Self.good), .active)
                ))
    }

    @Test("one that does not pass its check is refused, and the flow runs on and is ready")
    func refused() {
        let checking = BenthosState(Self.running, .checking(Self.new.revision, current: Self.good), .active)
        let snapshot = Self.snapshot(
            Self.alive(Self.ready), wants: Self.new, lastAction: ("check-flow", .failure("line 3")))
        let refusal = FlowRefusal(revision: Self.new.revision, stage: .check, reason: "line 3")
        let state = BenthosState(Self.running, .decided(Self.good, refused: refusal), .active)
        #expect(checking.next(snapshot) == .move(to: state))
        #expect(state.isReady(snapshot))
        #expect(state.reason(snapshot) == "configuration \(Self.new.revision) refused: line 3")
        #expect(state.trouble(snapshot) == nil)
        #expect(
            state.next(Self.snapshot(Self.alive(Self.ready), wants: Self.old))
                == .move(to: BenthosState(Self.running, .decided(Self.good, refused: nil), .active)))
    }

    @Test("one that passes takes over once the flow has drained, and must become ready as the flow was")
    func swap() {
        let checking = BenthosState(Self.running, .checking(Self.new.revision, current: Self.good), .active)
        let passed = Self.snapshot(Self.alive(Self.ready), wants: Self.new, lastAction: ("check-flow", .success))
        let chosen = FlowChoice.decided(Self.trial(Self.new, started: false), refused: nil)
        #expect(checking.next(passed) == .perform(.terminate, then: BenthosState(Self.stopping, chosen)))
        let drained = Self.snapshot(Self.gone(.exited(code: 0)), wants: Self.new)
        #expect(BenthosState(Self.stopping, chosen).next(drained) == .move(to: BenthosState(.stopped, chosen)))
        #expect(
            BenthosState(.stopped, chosen).next(drained)
                == .perform(
                    .start(.checked(Self.new.revision)),
                    then: BenthosState(.starting(Self.fresh), .decided(Self.trial(Self.new), refused: nil))
                ))
    }

    // MARK: Trial

    @Test("a configuration with which the flow becomes ready is kept")
    func kept() {
        let state = BenthosState(Self.running, .decided(Self.trial(Self.new), refused: nil))
        let good = FlowSelection(revision: Self.new.revision, standing: .good)
        #expect(
            state.next(Self.snapshot(Self.alive(Self.ready), wants: Self.new))
                == .perform(
                    .keep(Self.new.revision),
                    then: BenthosState(Self.running, .decided(good, refused: nil))
                ))
    }

    @Test("one with which it does not become ready in time gives way to the last good one")
    func rolledBack() {
        let state = BenthosState(Self.running, .decided(Self.trial(Self.new), refused: nil), .degraded("x"))
        let lost = Self.alive(Self.condition(.notReady("output is not connected"), failures: 30))
        #expect(
            state.next(Self.snapshot(lost, wants: Self.new))
                == .move(
                    to: BenthosState(
                        Self.running, .decided(Self.trial(Self.new), refused: nil), .degraded("output is not connected")
                    )))
        let refusal = FlowRefusal(
            revision: Self.new.revision, stage: .trial, reason: "not ready within 30 s: output is not connected")
        let chosen = FlowChoice.decided(Self.good, refused: refusal)
        let stopping = ProcessState.stopping(deadline: Self.deadline.advanced(by: .seconds(25)), .stop)
        #expect(
            state.next(Self.snapshot(lost, wants: Self.new, at: Self.deadline))
                == .perform(.terminate, then: BenthosState(stopping, chosen)))
        let drained = Self.snapshot(Self.gone(.exited(code: 0)), wants: Self.new)
        #expect(
            BenthosState(.stopped, chosen).next(drained)
                == .perform(
                    .start(.lastGood(insteadOf: refusal)),
                    then: BenthosState(.starting(Self.fresh), chosen)
                ))
    }

    @Test("a trial is no trouble while there is a configuration to go back to", arguments: [old.revision, nil])
    func noTroubleOnTrial(_ lastGood: FlowRevision?) {
        let state = BenthosState(Self.running, .decided(Self.trial(Self.new), refused: nil), .degraded("x"))
        let lost = Self.alive(Self.condition(.notReady("x"), failures: 30), lastGood: lastGood)
        let trouble = state.trouble(Self.snapshot(lost, wants: Self.new))
        #expect(trouble?.check == (lastGood == nil ? ProcessChecks.readinessFailed : nil))
    }

    @Test("one with which the flow exits gives way at once")
    func exited() {
        let state = BenthosState(.starting(Self.fresh), .decided(Self.trial(Self.new), refused: nil))
        let refusal = FlowRefusal(revision: Self.new.revision, stage: .trial, reason: "ended with exit code 1")
        #expect(
            state.next(Self.snapshot(Self.gone(.exited(code: 1)), wants: Self.new))
                == .perform(
                    .start(.lastGood(insteadOf: refusal)),
                    then: BenthosState(.starting(Self.fresh), .decided(Self.good, refused: refusal))
                ))
    }

    @Test("where the flow was not ready before, an answer is enough when the time is up")
    func unready() {
        let selection = Self.trial(Self.new, needsReadiness: false)
        let state = BenthosState(Self.running, .decided(selection, refused: nil), .degraded("x"))
        let lost = Self.alive(Self.condition(.notReady("x"), failures: 30))
        let good = FlowSelection(revision: Self.new.revision, standing: .good)
        #expect(
            state.next(Self.snapshot(lost, wants: Self.new, at: Self.deadline))
                == .perform(
                    .keep(Self.new.revision),
                    then: BenthosState(Self.running, .decided(good, refused: nil), .degraded("x"))
                ))
    }

    @Test("without a last good configuration, one with which the flow exits is started again, ever later")
    func noWayBack() {
        let state = BenthosState(.starting(Self.fresh), .decided(Self.trial(Self.new), refused: nil))
        let observed = Self.gone(.exited(code: 1), lastGood: nil)
        guard
            case .perform(.start(.checked(Self.new.revision)), _) = state.next(Self.snapshot(observed, wants: Self.new))
        else {
            Issue.record("not started again")
            return
        }
    }

    @Test("what did not get through its trial stays refused in the next run")
    func refusedForGood() {
        let refusal = FlowRefusal(revision: Self.new.revision, stage: .trial, reason: "not ready")
        let state = BenthosState(.stopped, .undecided)
        #expect(
            state.next(Self.snapshot(Self.gone(refused: refusal), wants: Self.new))
                == .perform(
                    .start(.lastGood(insteadOf: refusal)),
                    then: BenthosState(.starting(Self.fresh), .decided(Self.good, refused: refusal))
                ))
    }

    @Test("a finite flow in its trial has done its work: its configuration is kept, and it is completed")
    func finite() {
        let state = BenthosState(Self.running, .decided(Self.trial(Self.new), refused: nil))
        let good = FlowChoice.decided(FlowSelection(revision: Self.new.revision, standing: .good), refused: nil)
        let ended = Self.snapshot(Self.gone(.exited(code: 0)), wants: Self.new)
        #expect(state.next(ended) == .perform(.keep(Self.new.revision), then: BenthosState(Self.running, good)))
        let kept = Self.snapshot(Self.gone(.exited(code: 0), lastGood: Self.new.revision), wants: Self.new)
        guard case .move(let completed) = BenthosState(Self.running, good).next(kept) else {
            Issue.record("no move")
            return
        }
        #expect(completed.name == "completed")
        #expect(completed.isAtRest)
        #expect(completed.trouble(kept) == nil)
    }

    // MARK: Life

    @Test("a flow whose port is held by another process is started again, with another port")
    func portTaken() {
        let state = BenthosState(.starting(Self.fresh), .decided(Self.good, refused: nil))
        let observed = Self.alive(portHolder: "pid 9 (nginx)")
        guard case .perform(.terminate, let next) = state.next(Self.snapshot(observed)),
            case .stopping(_, .restart(_, let cause)) = next.process
        else {
            Issue.record("not stopped")
            return
        }
        #expect(cause == "its port is held by pid 9 (nginx)")
    }

    @Test("the kill comes later than the flow's own shutdown timeout")
    func shutdownTimeout() {
        let state = BenthosState(Self.running, .decided(Self.good, refused: nil), .active)
        #expect(
            state.next(Self.snapshot(Self.alive(Self.ready), target: .stopped))
                == .perform(.terminate, then: BenthosState(Self.stopping, .decided(Self.good, refused: nil))))
    }

    @Test("a flow that was never ready gets its start time before that is trouble, wherever its outputs are")
    func slowOutput() {
        let state = BenthosState(Self.running, .decided(Self.good, refused: nil), .degraded("x"))
        let never = Self.alive(Self.condition(.notReady("x"), failures: 30, hasBeenReady: false))
        let early = Self.snapshot(never, at: Self.now.advanced(by: .seconds(29)))
        #expect(state.trouble(early) == nil)
        let late = Self.snapshot(never, at: Self.now.advanced(by: .seconds(30)))
        #expect(state.trouble(late)?.check == "readiness_failed")
    }

    /// What a running flow's condition makes of its state.
    private static let activities: [(FlowCondition?, String, String?)] = [
        (nil, "starting", nil),
        (condition(.ready), "idle", nil),
        (condition(.ready, isMoving: true), "active", nil),
        (condition(.notReady("x"), failures: 1), "degraded", nil),
        (condition(.notReady("x"), failures: 3), "degraded", "readiness_failed"),
        (condition(.unanswered("timed out"), failures: 3), "degraded", "readiness_failed"),
        (condition(.ready, isMoving: true, waiting: .seconds(29)), "active", nil),
        (condition(.ready, waiting: .seconds(30)), "degraded", "flow_stalled"),
        (condition(.ready, failure: .outputs(.seconds(5))), "degraded", nil),
        (condition(.ready, isMoving: true, failure: .processors), "degraded", nil),
        (condition(.ready, flaps: 5, isMoving: true), "active", "readiness_flapping"),
    ]

    @Test("what a flow says of itself and what follows from it", arguments: activities)
    func activity(_ condition: FlowCondition?, _ name: String, _ check: String?) {
        let snapshot = Self.snapshot(Self.alive(condition))
        let state = BenthosState(
            Self.running,
            .decided(Self.good, refused: nil),
            ProgramActivity(condition, stallAfter: snapshot.desired.configuration.stallAfter)
        )
        #expect(state.name == name)
        #expect(state.trouble(snapshot)?.check == check)
        #expect(state.next(snapshot) == .stay)
        #expect(BenthosState.names.contains(state.name))
    }
}
