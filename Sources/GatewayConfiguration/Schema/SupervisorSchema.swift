/// The section `supervisor`.
enum SupervisorSchema {
    static let tickInterval = Setting(
        "tickInterval",
        .duration(.milliseconds(10) ... .seconds(10)),
        default: Duration.milliseconds(100),
        help: "Pause between two looks at slow changes; events are handled at once."
    )
    static let collectorInterval = Setting(
        "collectorInterval",
        .duration(.milliseconds(100) ... .seconds(60)),
        default: Duration.seconds(1),
        help: "Pause between two observations of a child."
    )
    static let staleAfter = Setting(
        "staleAfter",
        .duration(.seconds(1) ... .seconds(3600)),
        default: Duration.seconds(10),
        help: "An observation older than this leads to no new action."
    )
    static let collectorRestartAfter = Setting(
        "collectorRestartAfter",
        .duration(.seconds(1) ... .seconds(3600)),
        default: Duration.seconds(20),
        help: "An observation older than this restarts the loop that observes; not below staleAfter."
    )
    static let shutdownTimeout = Setting(
        "shutdownTimeout",
        .duration(.seconds(1) ... .seconds(3600)),
        default: Duration.seconds(90),
        help: "Longest time for stopping everything."
    )
    static let circuit = Setting(
        "circuit",
        .object(CircuitSchema.object),
        default: ConfigurationObject(),
        help: "How children that are down or contradict each other are repaired."
    )
    static let object = ObjectSchema([
        tickInterval.field, collectorInterval.field, staleAfter.field, collectorRestartAfter.field,
        shutdownTimeout.field, circuit.field,
    ])
}

/// The section `supervisor.circuit`.
enum CircuitSchema {
    static let failureThreshold = Setting(
        "failureThreshold",
        .integer(1...1000),
        default: 3,
        help: "Failed checks in a row that open the circuit."
    )
    static let initialDelay = Setting(
        "initialDelay",
        .duration(.milliseconds(10) ... .seconds(3600)),
        default: Duration.seconds(1),
        help: "Delay between the first two recovery attempts; it doubles from one to the next."
    )
    static let maximumDelay = Setting(
        "maximumDelay",
        .duration(.milliseconds(10) ... .seconds(3600)),
        default: Duration.seconds(60),
        help: "Longest delay; delays double up to it; not below initialDelay."
    )
    static let attemptWindow = Setting(
        "attemptWindow",
        .duration(.seconds(1) ... .seconds(86400)),
        default: Duration.seconds(300),
        help: "Failures count together within this time; a later one counts from one again."
    )
    static let maxAttempts = Setting(
        "maxAttempts",
        .integer(1...1000),
        default: 5,
        help: "Failed attempts after which an operator is called."
    )
    static let reportInterval = Setting(
        "reportInterval",
        .duration(.zero ... .seconds(3600)),
        default: Duration.seconds(1),
        help: "Shortest time between two reports of one open circuit; 0s reports on every tick."
    )
    static let settleTime = Setting(
        "settleTime",
        .duration(.zero ... .seconds(3600)),
        default: Duration.milliseconds(500),
        help: "How long a restarted child must have been ready before the circuit closes."
    )
    static let object = ObjectSchema([
        failureThreshold.field, initialDelay.field, maximumDelay.field, attemptWindow.field, maxAttempts.field,
        reportInterval.field, settleTime.field,
    ])
}
