/// How a program is run, whatever it does.
public struct ExecutionSection: Sendable, Equatable {
    /// What a new gateway does with a program that one before it has left running.
    public enum OnGatewayRestart: String, Sendable, CaseIterable, SettingValue {
        /// It takes the program over where it can prove that it is the same one.
        case adopt
        /// It ends the program.
        case stop
    }

    /// How much a start takes from the box.
    public enum Weight: String, Sendable, CaseIterable, SettingValue {
        /// Little.
        case light
        /// So much that only `BoxLimitsSection.heavyStarts` may start at a time.
        case heavy
    }

    /// Declared variables of the program.
    public let environment: [String: String]
    /// What happens when the program ends.
    public let restart: RestartSection
    /// What the program may use, and as whom it runs.
    public let limits: LimitsSection
    /// How much of what the program writes is kept.
    public let output: OutputSection
    /// What a new gateway does with the program that one before it has left running.
    public let onGatewayRestart: OnGatewayRestart
    /// How much a start takes from the box.
    public let weight: Weight

    init(_ object: ConfigurationObject, _ schema: ExecutionSchema) {
        environment = object[ProcessSchema.environment].variables
        restart = RestartSection(object[schema.restart], schema.restartSchema)
        limits = LimitsSection(object[ExecutionSchema.limits])
        output = OutputSection(object[ExecutionSchema.output])
        onGatewayRestart = object[schema.onGatewayRestart]
        weight = object[schema.weight]
    }
}
