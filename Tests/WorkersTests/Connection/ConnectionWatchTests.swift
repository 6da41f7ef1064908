import Testing

@testable import Supervision
@testable import Workers

@Suite("ConnectionWatch")
struct ConnectionWatchTests {
    private static let configuration = ConnectionConfiguration(host: "plc", port: 502)
    private var watch = ConnectionWatch()
    private var now = Moment.start

    /// Lets attempts end, one a second: true for a connection, false for a failure.
    private mutating func attempts(_ results: Bool...) -> ConnectionObservation {
        for isConnected in results {
            now = now.advanced(by: .seconds(1))
            let result: Result<Duration, ConnectionFailure> =
                isConnected ? .success(.milliseconds(3)) : .failure(ConnectionFailure(reason: "refused"))
            watch.note(result, Self.configuration, at: now)
        }
        return watch.observation
    }

    @Test("the first connection says that the device can be reached, and how fast")
    mutating func up() {
        #expect(attempts(true) == ConnectionObservation(reach: .up(connectTime: .milliseconds(3))))
    }

    @Test("fewer failures in a row than the threshold change nothing")
    mutating func blip() {
        #expect(attempts(false, false) == ConnectionObservation())
        #expect(attempts(true, false, false).reach == .up(connectTime: .milliseconds(3)))
    }

    @Test("as many failures in a row as the threshold say that it cannot be reached, and why")
    mutating func down() {
        #expect(attempts(true, false, false, false).reach == .down("refused"))
    }

    @Test("changes are counted within the window only")
    mutating func changes() {
        #expect(attempts(true, false, false, false, true, false, false, false).changes == 3)
        now = now.advanced(by: .seconds(300))
        #expect(attempts(false).changes == 0)
    }

    /// What is seen, and the state that follows from it.
    private static let rows: [(ConnectionObservation, ConnectionState, Bool)] = [
        (ConnectionObservation(), .connecting, false),
        (ConnectionObservation(reach: .up(connectTime: .zero)), .up, true),
        (ConnectionObservation(reach: .up(connectTime: .zero), changes: 5), .degraded, true),
        (ConnectionObservation(reach: .down("refused"), changes: 5), .down, false),
    ]

    @Test("what is seen of a connection makes its state", arguments: rows)
    func states(_ observed: ConnectionObservation, _ state: ConnectionState, _ isReady: Bool) {
        let snapshot = Self.snapshot(observed)
        #expect(ConnectionState.connecting.next(snapshot) == (state == .connecting ? .stay : .move(to: state)))
        #expect(state.next(snapshot) == .stay)
        #expect(state.isReady(snapshot) == isReady)
    }

    @Test("a connection that should not be watched is not")
    func stop() {
        let snapshot = Self.snapshot(ConnectionObservation(reach: .down("refused")), target: .stopped)
        #expect(ConnectionState.down.next(snapshot) == .perform(.unwatch, then: .stopped))
        #expect(ConnectionState.stopped.next(snapshot) == .stay)
        #expect(ConnectionState.stopped.next(Self.snapshot(nil)) == .perform(.watch, then: .connecting))
    }

    private static func snapshot(
        _ observed: ConnectionObservation?,
        target: DesiredState = .running
    ) -> Snapshot<ConnectionConfiguration, ConnectionObservation> {
        Snapshot(
            identity: WorkerIdentity(id: SupervisorID(number: 1), type: "connection", path: HierarchyPath(root: "x")),
            desired: configuration,
            target: target,
            observed: observed,
            now: .start
        )
    }
}
