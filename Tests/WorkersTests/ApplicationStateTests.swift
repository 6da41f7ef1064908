import Testing
import Workers

@testable import Supervision

@Suite("ApplicationState")
struct ApplicationStateTests {
    /// A row of the table.
    struct Row: Sendable {
        let state: ApplicationState
        let target: DesiredState
        let ready: Int
        let atRest: Bool
        let expected: ApplicationState
    }

    private static let rows = [
        Row(state: .stopped, target: .running, ready: 0, atRest: true, expected: .starting),
        Row(state: .stopped, target: .stopped, ready: 0, atRest: true, expected: .stopped),
        Row(state: .starting, target: .running, ready: 1, atRest: false, expected: .starting),
        Row(state: .starting, target: .running, ready: 2, atRest: false, expected: .running),
        Row(state: .running, target: .running, ready: 1, atRest: false, expected: .degraded),
        Row(state: .degraded, target: .running, ready: 1, atRest: false, expected: .degraded),
        Row(state: .degraded, target: .running, ready: 2, atRest: false, expected: .running),
        Row(state: .running, target: .stopped, ready: 2, atRest: false, expected: .stopping),
        Row(state: .degraded, target: .stopped, ready: 1, atRest: false, expected: .stopping),
        Row(state: .starting, target: .stopped, ready: 0, atRest: false, expected: .stopping),
        Row(state: .stopping, target: .stopped, ready: 0, atRest: false, expected: .stopping),
        Row(state: .stopping, target: .stopped, ready: 0, atRest: true, expected: .stopped),
        Row(state: .stopping, target: .running, ready: 0, atRest: false, expected: .starting),
    ]

    @Test("an application worker sums up two children", arguments: rows)
    func table(_ row: Row) {
        let transition = row.state.next(
            Snapshot(
                identity: WorkerIdentity(
                    id: SupervisorID(number: 1), type: "application", path: HierarchyPath(root: "x")),
                desired: ApplicationState.Nothing(),
                target: row.target,
                observed: nil,
                now: .start,
                children: ChildStates(wanted: 2, ready: row.ready, areAllAtRest: row.atRest)
            )
        )
        #expect(transition == (row.expected == row.state ? .stay : .move(to: row.expected)))
    }
}
