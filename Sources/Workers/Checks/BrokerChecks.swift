import Supervision

/// The consistency checks that concern what a broker's worker says of its broker.
public enum BrokerChecks {
    /// The broker says that it is ready, and clients cannot connect.
    public static let unreachable = "broker_unreachable"
    /// The broker takes no more data because its disk is full.
    public static let diskAlert = "disk_alert"
    /// Somebody else answers on the broker's port.
    public static let wrongListener = "wrong_listener"

    static func checks(of broker: ChildSpec, impact: Impact) -> [ConsistencyCheck] {
        let faults = [ProcessChecks.crashLoop, wrongListener, ProcessChecks.readinessFailed, unreachable]
        return faults.map { .trouble($0, of: broker.name, impact: impact) } + [
            // No restart makes room, and flows can still read: a person is called, and everything else goes on.
            .trouble(diskAlert, of: broker.name, impact: .singleWorker, isRepairable: false)
        ]
    }
}
