/// The section `limits` of the top level: what all children together may use.
enum BoxLimitsSchema {
    static let flowPorts = Setting(
        "flowPorts",
        .object(PortRangeSchema.object),
        default: ConfigurationObject(),
        help: "The ports that flows get for their metrics and health, on 127.0.0.1; one each."
    )
    static let logBytes = Setting(
        "logBytes",
        .byteCount(ByteCount.mebibytes(1)...ByteCount.tebibytes(16)),
        default: ByteCount.mebibytes(512),
        help: "Size of all files with output of children; the oldest give way."
    )
    static let heavyStarts = Setting(
        "heavyStarts",
        .integer(1...1000),
        default: 1,
        help: "Children with the weight heavy that may start at a time."
    )
    static let object = ObjectSchema([flowPorts.field, logBytes.field, heavyStarts.field])
}

/// The section `limits.flowPorts`.
enum PortRangeSchema {
    static let first = Setting("first", .integer(1...65535), default: 14200, help: "The first port.")
    static let last = Setting("last", .integer(1...65535), default: 15199, help: "The last port; not below first.")
    static let object = ObjectSchema([first.field, last.field])
}
