import SupervisionTesting
import Synchronization
import Testing

@testable import Supervision

/// A worker that counts how often its states are asked.
private struct AskedWorker: Worker {
    struct Configuration: WorkerConfiguration {}
    struct Document: Sendable, Equatable, Encodable {}

    enum Action: WorkerAction {
        var name: String {
            switch self {}
        }
    }

    /// A state that always stays; the test says whether it waits for time.
    struct State: WorkerState {
        typealias Desired = Document
        typealias Observed = Document
        typealias Action = AskedWorker.Action

        static let names = ["patient"]
        static let asked = Atomic(0)
        static let hasDeadline = Atomic(false)

        let name = "patient"
        let isAtRest = true
        var waitsForTime: Bool { Self.hasDeadline.load(ordering: .relaxed) }

        func next(_ snapshot: Snapshot<Document, Document>) -> Transition<State> {
            Self.asked.add(1, ordering: .relaxed)
            return .stay
        }

        func isReady(_ snapshot: Snapshot<Document, Document>) -> Bool { true }

        func reason(_ snapshot: Snapshot<Document, Document>) -> String? { nil }
    }

    static let type: WorkerType = "asked"
    static let initialState = State()

    func derive(_ configuration: Configuration) -> Derivation<Document> { Derivation(desired: Document()) }

    func collectObservedState() async throws -> Document { Document() }

    func perform(_ action: Action, desired: Document, context: ActionContext) async throws {}
}

@Suite(.serialized) struct WorkerStateMachineTests {
    private let machine: WorkerStateMachine<AskedWorker>

    init() throws {
        let identity = WorkerIdentity(
            id: SupervisorID(number: 1), type: AskedWorker.type, path: HierarchyPath(root: "x"))
        let context = WorkerContext(
            identity: identity,
            dependencies: Dependencies(),
            store: RecordingStore(),
            signal: ObservationSignal()
        )
        machine = try WorkerStateMachine(
            context: context, worker: AskedWorker(), configuration: AskedWorker.Configuration())
        machine.documented()
        AskedWorker.State.asked.store(0, ordering: .relaxed)
        AskedWorker.State.hasDeadline.store(false, ordering: .relaxed)
    }

    private func advance(at seconds: Int, target: DesiredState = .running, childrenRevision: Int = 0) {
        let outlets = TickContext.Outlets(
            enqueue: { _ in .accepted },
            cancelAction: { _ in },
            persist: { _, _ in },
            emit: { _ in }
        )
        let now = Moment(sinceStart: .seconds(seconds))
        let context = TickContext(
            now: now,
            settings: SupervisionSettings(),
            generator: SplitMix64(seed: 0),
            outlets: outlets
        )
        let inputs = MachineInputs(
            target: target,
            children: ChildStates(),
            childrenRevision: childrenRevision,
            parentDeadline: nil
        )
        _ = machine.advance(inputs, context)
    }

    private var asked: Int { AskedWorker.State.asked.load(ordering: .relaxed) }

    @Test("a state that stays is not asked again while nothing has changed")
    func noNews() {
        for second in 1...10 { advance(at: second) }
        #expect(asked == 1)
    }

    @Test("a new observation, another target, and a change of the children are news")
    func news() async throws {
        advance(at: 1)
        try await machine.subject(Moment(sinceStart: .seconds(2)))
        advance(at: 2)
        #expect(asked == 2)
        advance(at: 3, target: .stopped)
        #expect(asked == 3)
        advance(at: 4, target: .stopped, childrenRevision: 1)
        #expect(asked == 4)
    }

    @Test("the end of an action is news")
    func action() async throws {
        advance(at: 1)
        let end = Moment(sinceStart: .seconds(2))
        machine.actionEnded(ActionOutcome(name: "act", result: .success, endedAt: end, duration: .zero))
        try await machine.subject(end)
        advance(at: 3)
        #expect(asked == 2)
    }

    @Test("a state that waits for time is asked in every tick")
    func deadline() {
        AskedWorker.State.hasDeadline.store(true, ordering: .relaxed)
        for second in 1...10 { advance(at: second) }
        #expect(asked == 10)
    }
}
