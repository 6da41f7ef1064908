/// How much of what a program writes is kept.
public struct OutputSection: Sendable, Equatable {
    /// Lines a second that are kept in the long run.
    public let linesPerSecond: Int
    /// Lines that may come at once before that.
    public let burst: Int
    /// Size at which the output's file is put aside and a new one begun.
    public let fileSize: ByteCount
    /// Files of output, the current one included.
    public let files: Int

    init(_ object: ConfigurationObject) {
        linesPerSecond = object[OutputSchema.linesPerSecond]
        burst = object[OutputSchema.burst]
        fileSize = object[OutputSchema.fileSize]
        files = object[OutputSchema.files]
    }
}
