import ProcessControl
import Testing

@testable import Supervision
@testable import Workers

@Suite("RedpandaState")
struct RedpandaStateTests {
    private static let now = Moment(sinceStart: .seconds(100))
    private static let fresh = RestartHistory()
    private static let running = ProcessState.running(since: now, fresh)
    private static let document = BrokerDocument(
        dataDirectory: "/var/lib/gatewarden/redpanda",
        kafka: BrokerDocument.Listener(host: "127.0.0.1", port: 9092),
        admin: BrokerDocument.Listener(host: "127.0.0.1", port: 9644),
        rpc: BrokerDocument.Listener(host: "127.0.0.1", port: 33145)
    )

    private static func condition(
        _ readiness: BrokerCondition.Readiness = .ready,
        unreadyLooks: Int = 0,
        unreachableLooks: Int = 0,
        complaints: [String] = [],
        unhealthyLooks: Int = 0,
        logTrouble: String? = nil,
        isMoving: Bool = false,
        change: (inout BrokerFigures) -> Void = { _ in }
    ) -> BrokerCondition {
        var figures = BrokerFigures()
        change(&figures)
        return BrokerCondition(
            readiness: readiness,
            unreadyLooks: unreadyLooks,
            readyFor: .zero,
            unreachable: unreachableLooks == 0 ? nil : "clients cannot connect: refused",
            unreachableLooks: unreachableLooks,
            complaints: complaints,
            unhealthyLooks: unhealthyLooks,
            logTrouble: logTrouble,
            isMoving: isMoving,
            figures: figures
        )
    }

    private static func snapshot(
        _ observed: RedpandaObservation?,
        properties: [String: BrokerProperty] = [:],
        target: DesiredState = .running
    ) -> Snapshot<RedpandaConfiguration, RedpandaObservation> {
        let command = ProcessCommand(program: "redpanda", environment: ProcessEnvironment(gateway: [:]))
        return Snapshot(
            identity: WorkerIdentity(id: SupervisorID(number: 1), type: "redpanda", path: HierarchyPath(root: "x")),
            desired: RedpandaConfiguration(command: command, document: document, properties: properties),
            target: target,
            observed: observed,
            now: now
        )
    }

    private static func alive(
        _ condition: BrokerCondition?,
        portHolder: String? = nil,
        properties: [String: BrokerProperty]? = nil
    ) -> RedpandaObservation {
        RedpandaObservation(
            process: ProcessObservation(phase: .running(pid: 7)),
            condition: condition,
            portHolder: portHolder,
            properties: properties
        )
    }

    /// What the broker says, the state that it is in then, whether others may rely on it, and which check fails.
    private static let rows: [(BrokerCondition?, String, Bool, String?)] = [
        (nil, "starting", false, nil),
        (condition(), "idle", true, nil),
        (condition(isMoving: true), "active", true, nil),
        (condition(.booting, unreadyLooks: 1), "degraded", false, nil),
        (condition(.booting, unreadyLooks: 3), "degraded", false, "readiness_failed"),
        (condition(.unanswered("timed out"), unreadyLooks: 3), "degraded", false, "readiness_failed"),
        (condition(unreachableLooks: 1), "degraded", false, nil),
        (condition(unreachableLooks: 3), "degraded", false, "broker_unreachable"),
        (condition(complaints: ["leaderless partitions"], unhealthyLooks: 2), "idle", true, nil),
        (condition(complaints: ["leaderless partitions"], unhealthyLooks: 3), "degraded", true, nil),
        (condition { $0.disk.alert = .ok }, "idle", true, nil),
        (condition { $0.disk.alert = .low }, "degraded", true, nil),
        (condition(isMoving: true) { $0.disk.alert = .degraded }, "degraded", true, "disk_alert"),
        (condition { $0.cluster.unavailablePartitions = 0 }, "idle", true, nil),
        (condition { $0.cluster.unavailablePartitions = 2 }, "degraded", true, nil),
        (condition(logTrouble: "reactor stalled for 612 ms"), "degraded", true, nil),
    ]

    @Test("what a broker says of itself and what follows from it", arguments: rows)
    func activity(_ condition: BrokerCondition?, _ name: String, _ isReady: Bool, _ check: String?) {
        let snapshot = Self.snapshot(Self.alive(condition))
        let state = RedpandaState(Self.running, ProgramActivity(condition))
        #expect(state.name == name)
        #expect(state.isReady(snapshot) == isReady)
        #expect(state.trouble(snapshot)?.check == check)
        #expect(state.next(snapshot) == .stay)
        #expect(RedpandaState.names.contains(state.name))
    }

    @Test("a degraded broker is well again as soon as the cause is gone")
    func recovery() {
        let state = RedpandaState(Self.running, .degraded("booting"))
        #expect(
            state.next(Self.snapshot(Self.alive(Self.condition()))) == .move(to: RedpandaState(Self.running, .idle)))
    }

    @Test("the processes' states have the names of a broker's")
    func names() {
        let later = Self.now.advanced(by: .seconds(1))
        let names: [(ProcessState, String)] = [
            (.stopped, "stopped"), (.starting(Self.fresh), "starting"),
            (.backoff(until: later, Self.fresh, cause: "x"), "failed"), (.completed(cause: "x"), "failed"),
            (.stopping(deadline: later, .stop), "stopping"), (.killing(.stop), "stopping"),
        ]
        for (process, name) in names { #expect(RedpandaState(process).name == name) }
    }

    @Test("somebody else on the admin port is trouble, and the broker is not ready")
    func wrongListener() {
        let snapshot = Self.snapshot(Self.alive(Self.condition(), portHolder: "pid 9 (nginx)"))
        let state = RedpandaState(Self.running, .idle)
        #expect(!state.isReady(snapshot))
        #expect(
            state.trouble(snapshot)
                == Trouble(check: "wrong_listener", "its admin port 9644 is held by pid 9 (nginx)"))
        let degraded = RedpandaState(Self.running, .degraded("its admin port 9644 is held by pid 9 (nginx)"))
        #expect(state.next(snapshot) == .move(to: degraded), "whoever answers says nothing of this broker")
    }

    @Test("the properties of the cluster are set once the broker is ready, and again when others are wanted")
    func properties() {
        let state = RedpandaState(Self.running, .idle)
        let wanted: [String: BrokerProperty] = ["log_retention_ms": .integer(3_600_000)]
        let due = Self.snapshot(Self.alive(Self.condition()), properties: wanted)
        #expect(state.next(due) == .perform(.setProperties, then: state))
        let done = Self.snapshot(Self.alive(Self.condition(), properties: wanted), properties: wanted)
        #expect(state.next(done) == .stay)
        let booting = RedpandaState(Self.running, .degraded("booting"))
        let early = Self.snapshot(Self.alive(Self.condition(.booting, unreadyLooks: 1)), properties: wanted)
        #expect(booting.next(early) == .stay)
    }
}
