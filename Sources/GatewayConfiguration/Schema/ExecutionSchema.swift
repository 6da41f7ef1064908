/// How a program is run, whatever it does: the fields that processes, flows and the broker share.
struct ExecutionSchema {
    static let process = ExecutionSchema(restart: .process, onGatewayRestart: .stop, weight: .light)
    static let flow = ExecutionSchema(restart: .flow, onGatewayRestart: .stop, weight: .light)
    static let broker = ExecutionSchema(restart: .process, onGatewayRestart: .adopt, weight: .heavy)

    static let limits = Setting(
        "limits",
        .object(LimitsSchema.object),
        default: ConfigurationObject(),
        help: "What the program may use, and as whom it runs; what is not given is as the gateway has it."
    )
    static let output = Setting(
        "output",
        .object(OutputSchema.object),
        default: ConfigurationObject(),
        help: "How much of what the program writes is kept."
    )

    let restartSchema: RestartSchema
    let restart: Setting<ConfigurationObject>
    let onGatewayRestart: Setting<ExecutionSection.OnGatewayRestart>
    let weight: Setting<ExecutionSection.Weight>

    private init(
        restart: RestartSchema,
        onGatewayRestart: ExecutionSection.OnGatewayRestart,
        weight: ExecutionSection.Weight
    ) {
        restartSchema = restart
        self.restart = Setting(
            "restart",
            .object(restart.object),
            default: ConfigurationObject(),
            help: "What happens when the program ends."
        )
        self.onGatewayRestart = Setting(
            "onGatewayRestart",
            .choice(
                noun: "way to treat a running program",
                words: ExecutionSection.OnGatewayRestart.allCases.map(\.rawValue)
            ),
            default: onGatewayRestart,
            help: "What a new gateway does with the program that one before it has left running."
        )
        self.weight = Setting(
            "weight",
            .choice(noun: "weight", words: ExecutionSection.Weight.allCases.map(\.rawValue)),
            default: weight,
            help: "Of heavy programs only limits.heavyStarts start at a time."
        )
    }

    var fields: [Field] {
        [restart.field, Self.limits.field, Self.output.field, onGatewayRestart.field, weight.field]
    }
}

/// The section `limits` of a program.
enum LimitsSchema {
    private static let bytes = FieldType.byteCount(ByteCount(bytes: 0)...ByteCount.tebibytes(1024))

    static let user = Setting<String?>("user", .text, help: "The user, by name or number; needs root.")
    static let group = Setting<String?>(
        "group",
        .text,
        help: "The group, by name or number; without it the user's own."
    )
    static let nofile = Setting<Int?>("nofile", .integer(3...2_147_483_584), help: "Open descriptors at a time.")
    static let core = Setting<ByteCount?>("core", bytes, help: "Size of a core file; 0 for none.")
    static let addressSpace = Setting<ByteCount?>(
        "addressSpace",
        bytes,
        help: "Size of the address space; too little for programs that reserve much and use little, such as Redpanda."
    )
    static let nice = Setting<Int?>("nice", .integer(-20...19), help: "Priority, from -20 (first) to 19 (last).")
    static let oomScoreAdjustment = Setting<Int?>(
        "oomScoreAdjustment",
        .integer(-1000...1000),
        help: "How soon the kernel ends the program where memory is short: -1000 never, 1000 first."
    )
    static let cpu = Setting<Double?>(
        "cpu",
        .decimal(0.01...1024),
        help: "Processor cores, such as 0.5; where control groups are delegated to the gateway."
    )
    static let memory = Setting<ByteCount?>(
        "memory",
        .byteCount(ByteCount.mebibytes(1)...ByteCount.tebibytes(1024)),
        help: "Memory of the program and all that it starts; without control groups, of each process's data."
    )
    static let processes = Setting<Int?>(
        "processes",
        .integer(1...4_194_304),
        help: "Processes and threads at a time; where control groups are delegated to the gateway."
    )
    static let object = ObjectSchema([
        user.field, group.field, nofile.field, core.field, addressSpace.field, nice.field, oomScoreAdjustment.field,
        cpu.field, memory.field, processes.field,
    ])
}

/// The section `output` of a program.
enum OutputSchema {
    static let linesPerSecond = Setting(
        "linesPerSecond",
        .integer(1...1_000_000),
        default: 1000,
        help: "Lines a second that are kept in the long run; more are dropped and counted."
    )
    static let burst = Setting(
        "burst",
        .integer(1...10_000_000),
        default: 5000,
        help: "Lines that may come at once before that."
    )
    static let fileSize = Setting(
        "fileSize",
        .byteCount(ByteCount(bytes: 64 << 10)...ByteCount.gibibytes(4)),
        default: ByteCount.mebibytes(10),
        help: "Size at which the output's file is put aside and a new one begun."
    )
    static let files = Setting(
        "files",
        .integer(1...100),
        default: 5,
        help: "Files of output, the current one included; the oldest gives way."
    )
    static let object = ObjectSchema([linesPerSecond.field, burst.field, fileSize.field, files.field])
}
