/// What goes wrong in a plant during a soak, in the order in which it does.
enum PlantFault: String, CaseIterable {
    /// A flow is killed by SIGKILL.
    case killedFlow = "flows killed"
    /// The broker takes no clients any more, while its process goes on.
    case closedBroker = "brokers closed"
    /// The broker takes clients again.
    case openedBroker = "brokers opened"
    /// A program writes 20,000 lines in a second.
    case logBurst = "log bursts"
    /// The configuration of one flow is changed and loaded.
    case changedConfiguration = "configurations changed"
}
