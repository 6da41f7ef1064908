import MetricSelection

/// The section `probes` of a process.
enum ProbesSchema {
    static let startup = Setting<ConfigurationObject?>(
        "startup",
        .object(ProbeSchema.startup.object),
        help: "Tells that the program has started; the other probes wait for it."
    )
    static let readiness = Setting<ConfigurationObject?>(
        "readiness",
        .object(ProbeSchema.readiness.object),
        help: "Tells that the program can do its work."
    )
    static let liveness = Setting<ConfigurationObject?>(
        "liveness",
        .object(ProbeSchema.liveness.object),
        help: "Tells that the program need not be restarted."
    )
    static let object = ObjectSchema([startup.field, readiness.field, liveness.field])
}

/// One probe of a process.
///
/// Meaning, defaults and the rule that only readiness may have a `successThreshold` above 1 are those of Kubernetes
/// (https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/), except that a startup probe
/// asks every second, 30 times, because a restart must be seen as fast as it happens.
struct ProbeSchema {
    static let startup = ProbeSchema(period: .seconds(1), failureThreshold: 30, successThresholds: 1...1)
    static let readiness = ProbeSchema(period: .seconds(10), failureThreshold: 3, successThresholds: 1...1000)
    static let liveness = ProbeSchema(period: .seconds(10), failureThreshold: 3, successThresholds: 1...1)

    static let tcp = Setting<ConfigurationObject?>("tcp", .object(TCPProbeSchema.object), help: "Connects to a port.")
    static let http = Setting<ConfigurationObject?>("http", .object(HTTPProbeSchema.object), help: "Sends a GET.")
    static let alive = Setting<ConfigurationObject?>(
        "alive",
        .object(ObjectSchema([])),
        help: "Looks whether the process exists."
    )
    static let exec = Setting<ConfigurationObject?>("exec", .object(ExecProbeSchema.object), help: "Runs a command.")
    static let log = Setting<ConfigurationObject?>(
        "log",
        .object(LogProbeSchema.object),
        help: "Waits for a line that the program writes."
    )
    static let notify = Setting<ConfigurationObject?>(
        "notify",
        .object(NotifyProbeSchema.object),
        help: "Waits for the program to write a line end to a descriptor that it is given."
    )
    static let metric = Setting<ConfigurationObject?>(
        "metric",
        .object(MetricProbeSchema.object),
        help: "Compares values of the program's Prometheus metrics."
    )
    static let timeout = Setting(
        "timeout",
        .duration(.milliseconds(10) ... .seconds(600)),
        default: Duration.seconds(1),
        help: "An answer later than this is a failure."
    )
    static let initialDelay = Setting(
        "initialDelay",
        .duration(.zero ... .seconds(86400)),
        default: Duration.zero,
        help: "Time between the start and the first question."
    )

    let period: Setting<Duration>
    let failureThreshold: Setting<Int>
    let successThreshold: Setting<Int>

    private init(period: Duration, failureThreshold: Int, successThresholds: ClosedRange<Int>) {
        self.period = Setting(
            "period",
            .duration(.milliseconds(10) ... .seconds(3600)),
            default: period,
            help: "Time from one question to the next."
        )
        self.failureThreshold = Setting(
            "failureThreshold",
            .integer(1...1000),
            default: failureThreshold,
            help: "Failures in a row that count as failed."
        )
        self.successThreshold = Setting(
            "successThreshold",
            .integer(successThresholds),
            default: 1,
            help: "Successes in a row that count as passed, after a failure."
        )
    }

    /// The fields of which one says what is asked.
    private static let kinds = [
        tcp.field, http.field, alive.field, exec.field, log.field, notify.field, metric.field,
    ]

    var object: ObjectSchema {
        ObjectSchema(
            Self.kinds + [
                period.field, Self.timeout.field, failureThreshold.field, successThreshold.field,
                Self.initialDelay.field,
            ],
            exactlyOneOf: Self.kinds.map(\.name)
        )
    }
}

/// The kind `tcp` of a probe.
enum TCPProbeSchema {
    static let address = Setting<Endpoint?>(
        "address",
        .endpoint(ports: 1...65535),
        isRequired: true,
        help: "Where to connect to."
    )
    static let object = ObjectSchema([address.field])
}

/// The kind `http` of a probe.
enum HTTPProbeSchema {
    static let url = Setting<String?>("url", .httpURL, isRequired: true, help: "The address to ask.")
    static let status = Setting<Int?>(
        "status",
        .integer(100...599),
        help: "The expected status; without it any from 200 to 399 will do."
    )
    static let bodyContains = Setting<String?>(
        "bodyContains",
        .string(nil),
        help: "Text that the answer's body must contain."
    )
    static let object = ObjectSchema([url.field, status.field, bodyContains.field])
}

/// The kind `exec` of a probe.
enum ExecProbeSchema {
    static let command = Setting<[String]?>(
        "command",
        .list(of: .text, count: 1...4096),
        isRequired: true,
        help: "The command and its arguments, run like the program; exit code 0 is success."
    )
    static let object = ObjectSchema([command.field])
}

/// The kind `log` of a probe.
enum LogProbeSchema {
    static let contains = Setting<String?>(
        "contains",
        .string(nil),
        isRequired: true,
        help: "Text of the line that means success; the latest line that means something counts."
    )
    static let failsOn = Setting<String?>(
        "failsOn",
        .string(nil),
        help: "Text of a line that means failure, even if it contains the other text too."
    )
    static let object = ObjectSchema([contains.field, failsOn.field])
}

/// The kind `notify` of a probe.
enum NotifyProbeSchema {
    static let descriptor = Setting(
        "descriptor",
        .integer(3...9),
        default: 3,
        help: "The descriptor's number in the program, the same for all probes of a process."
    )
    static let object = ObjectSchema([descriptor.field])
}

/// The kind `metric` of a probe.
enum MetricProbeSchema {
    static let url = Setting<String?>("url", .httpURL, isRequired: true, help: "The address of the metrics.")
    static let select = Setting<MetricSelector?>(
        "select",
        .metricSelector,
        isRequired: true,
        help: "The series to look at: there must be one, and each must have an expected value."
    )
    static let above = Setting<Double?>("above", .decimal(bounds), help: "Values above this number are expected.")
    static let below = Setting<Double?>("below", .decimal(bounds), help: "Values below this number are expected.")
    static let equals = Setting<Double?>("equals", .decimal(bounds), help: "This number is the expected value.")
    static let object = ObjectSchema(
        [url.field, select.field, above.field, below.field, equals.field],
        exactlyOneOf: [above.field.name, below.field.name, equals.field.name]
    )

    /// The whole numbers that a sample can tell apart.
    private static let bounds = -9_007_199_254_740_992.0...9_007_199_254_740_992.0
}
