public import Supervision

/// The states of a connection's worker.
public enum ConnectionState: String, WorkerState, CaseIterable {
    /// The configuration is what is wanted.
    public typealias Desired = ConnectionConfiguration
    /// Whether the device can be reached.
    public typealias Observed = ConnectionObservation
    /// Beginning and ending to watch.
    public typealias Action = ConnectionAction

    /// Nobody connects, and nobody should.
    case stopped
    /// It is not known yet whether the device can be reached.
    case connecting
    /// The device can be reached.
    case up
    /// The device can be reached, and could not again and again of late.
    case degraded
    /// The device cannot be reached.
    case down

    /// All names that there are.
    public static var names: [String] { allCases.map(\.rawValue) }

    /// The name as operators see it.
    public var name: String { rawValue }

    /// Whether nothing of the child runs in this state.
    public var isAtRest: Bool { self == .stopped }

    /// No state has a deadline.
    public var waitsForTime: Bool { false }

    /// Whether others may rely on the connection now.
    public func isReady(_ snapshot: Snapshot<ConnectionConfiguration, ConnectionObservation>) -> Bool {
        switch self {
        case .up, .degraded: true
        case .stopped, .connecting, .down: false
        }
    }

    /// Why the connection is in this state, where there is something to say.
    public func reason(_ snapshot: Snapshot<ConnectionConfiguration, ConnectionObservation>) -> String? {
        guard let observed = snapshot.observed else { return nil }
        switch (self, observed.reach) {
        case (.down, .down(let reason)):
            return reason
        case (.degraded, _):
            let window = snapshot.desired.flapWindow.components.seconds
            return "changed between up and down \(observed.changes) times in \(window) s"
        case (.stopped, _), (.connecting, _), (.up, _), (.down, _):
            return nil
        }
    }

    /// Decides what to do; a device that is away is nothing that a restart of the gateway's own parts would repair.
    public func next(
        _ snapshot: Snapshot<ConnectionConfiguration, ConnectionObservation>
    ) -> Transition<ConnectionState> {
        switch (self, snapshot.target) {
        case (.stopped, .stopped): return .stay
        case (.stopped, .running): return .perform(.watch, then: .connecting)
        case (_, .stopped): return .perform(.unwatch, then: .stopped)
        case (_, .running):
            let state = snapshot.observed.map { Self.state($0, snapshot.desired) } ?? self
            return state == self ? .stay : .move(to: state)
        }
    }

    private static func state(
        _ observed: ConnectionObservation,
        _ configuration: ConnectionConfiguration
    ) -> ConnectionState {
        switch observed.reach {
        case .unknown: .connecting
        case .up: observed.changes >= configuration.flapThreshold ? .degraded : .up
        case .down: .down
        }
    }
}

/// The operations of a connection's worker.
public enum ConnectionAction: String, WorkerAction, CaseIterable {
    /// Begin to connect again and again.
    case watch = "watch-connection"
    /// Connect no more.
    case unwatch = "unwatch-connection"

    /// The name as operators see it.
    public var name: String { rawValue }
}
