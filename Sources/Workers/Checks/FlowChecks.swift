import Supervision

/// The consistency checks that concern flows.
///
/// What a flow suffers from while something that it depends on is in trouble is not the flow's fault: restarting it would
/// repair nothing, and hide where the fault is.
public enum FlowChecks {
    /// Work waits, and nothing comes out, although the flow says that it is ready.
    public static let stalled = "flow_stalled"
    /// The flow becomes unready again and again.
    public static let flapping = "readiness_flapping"
    /// The broker works, and the flow has no output connection.
    public static let disconnected = "flow_disconnected"

    /// How long a broker must have been ready before what its flows do is their own fault: clients look for a broker that
    /// was away at growing intervals.
    static let reconnectTime = Duration.seconds(30)

    static func checks(of flow: ChildSpec, impact: Impact, brokers: Set<String>) -> [ConsistencyCheck] {
        let dependencies = flow.dependsOn
        let faults = [stalled, ProcessChecks.readinessFailed, flapping].map { name in
            ConsistencyCheck(name, blaming: flow.name, impact: impact, failureThreshold: 1) { flow, siblings in
                guard let trouble = flow.trouble, trouble.check == name else { return nil }
                return dependencies.allSatisfy { isBlameless(siblings[$0]) } ? trouble.description : nil
            }
        }
        let links = dependencies.filter(brokers.contains).map { broker in
            ConsistencyCheck(disconnected, blaming: flow.name, impact: impact, failureThreshold: 1) { flow, siblings in
                isDisconnected(flow, from: siblings[broker])
                    ? "redpanda active but benthos has 0 output connections" : nil
            }
        }
        return [.trouble(ProcessChecks.crashLoop, of: flow.name, impact: impact)] + links + faults
    }

    /// Whether a flow has no live output connection although its broker works.
    ///
    /// `/ready` decides: after a reload the counters say that connections are up which are not, and the other way round.
    private static func isDisconnected(_ flow: ChildFacts, from broker: ChildFacts?) -> Bool {
        guard let broker, isBlameless(broker),
            [ProgramActivity.idle, .active].map(\.name).contains(broker.state),
            let condition = flow.observed(as: BenthosObservation.self)?.condition
        else { return false }
        return condition.failures >= FlowCondition.failureThreshold && condition.figures?.liveOutputConnections == 0
    }

    private static func isBlameless(_ dependency: ChildFacts?) -> Bool {
        guard let dependency, dependency.isReady, dependency.trouble == nil else { return false }
        guard let broker = dependency.observed(as: RedpandaObservation.self) else { return true }
        return broker.condition.map { $0.readyFor >= reconnectTime } ?? false
    }
}
