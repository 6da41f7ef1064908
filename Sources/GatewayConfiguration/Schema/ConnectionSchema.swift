/// A connection to a device or a server: nothing is sent, only that it can be reached is seen.
enum ConnectionSchema {
    static let endpoint = Setting<Endpoint?>(
        "endpoint",
        .endpoint(ports: 1...65535),
        isRequired: true,
        help: "Where to connect to."
    )
    static let period = Setting(
        "period",
        .duration(.milliseconds(100) ... .seconds(3600)),
        default: Duration.seconds(1),
        help: "Time from one attempt to the next."
    )
    static let timeout = Setting(
        "timeout",
        .duration(.milliseconds(10) ... .seconds(600)),
        default: Duration.seconds(1),
        help: "A connection that takes longer is a failure."
    )
    static let failureThreshold = Setting(
        "failureThreshold",
        .integer(1...1000),
        default: 3,
        help: "Failures in a row that count as down."
    )
    static let flapWindow = Setting(
        "flapWindow",
        .duration(.seconds(1) ... .seconds(86400)),
        default: Duration.seconds(300),
        help: "Time in which changes between up and down are counted."
    )
    static let flapThreshold = Setting(
        "flapThreshold",
        .integer(1...1000),
        default: 5,
        help: "Changes within that time that make the connection flaky."
    )
    static let fields = [
        endpoint.field, period.field, timeout.field, failureThreshold.field, flapWindow.field, flapThreshold.field,
    ]
    static let part = ObjectSchema(
        [ProcessSchema.enabled.field, ProcessSchema.dependsOn.field, ProcessSchema.stateMapping.field]
            + [ProcessSchema.startupGrace.field] + fields
    )
}
