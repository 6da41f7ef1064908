/// The section `restart` of a program.
struct RestartSchema {
    static let process = RestartSchema(policy: .always)
    /// A flow that ends with success has read a finite input to its end.
    static let flow = RestartSchema(policy: .onFailure)

    static let successExitCodes = Setting(
        "successExitCodes",
        .list(of: .integer(0...255), count: 1...256),
        default: [0],
        help: "Exit codes that count as success."
    )
    static let initialDelay = Setting(
        "initialDelay",
        .duration(.milliseconds(10) ... .seconds(3600)),
        default: Duration.seconds(1),
        help: "Delay before the second restart; the first comes at once."
    )
    static let maximumDelay = Setting(
        "maximumDelay",
        .duration(.milliseconds(10) ... .seconds(86400)),
        default: Duration.seconds(60),
        help: "Longest delay; delays double up to it."
    )
    static let stableAfter = Setting(
        "stableAfter",
        .duration(.zero ... .seconds(86400)),
        default: Duration.seconds(10),
        help: "A run longer than this makes the next restart immediate again."
    )

    let policy: Setting<RestartSection.Policy>

    private init(policy: RestartSection.Policy) {
        self.policy = Setting(
            "policy",
            .choice(noun: "restart policy", words: RestartSection.Policy.allCases.map(\.rawValue)),
            default: policy,
            help: "Which endings lead to a restart."
        )
    }

    var object: ObjectSchema {
        ObjectSchema([
            policy.field, Self.successExitCodes.field, Self.initialDelay.field, Self.maximumDelay.field,
            Self.stableAfter.field,
        ])
    }
}
