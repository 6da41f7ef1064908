/// What becomes of a running child when the gateway dies and is started again.
public enum GatewayRestartPolicy: String, Equatable, Sendable, CaseIterable {
    /// The next gateway ends it and starts it anew.
    case stop
    /// The next gateway takes it over as it runs, if it is proven to be the same.
    ///
    /// While no gateway runs, its output waits in its pipes, 1 MiB each where the system allows that much. A child that
    /// writes more waits in its write until a gateway reads. A process that leaves the child's group and outlives it
    /// never meets a broken pipe either, and waits in the same way.
    case adopt
}
