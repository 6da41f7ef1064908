/// Bounds that a YAML text must keep, so that hostile input costs milliseconds and never the process.
public struct YAMLLimits: Sendable, Equatable {
    /// The size of the text in bytes.
    public var maximumBytes: Int
    /// The number of nodes after aliases have been expanded, keys included.
    public var maximumNodes: Int
    /// How deep collections may nest after aliases have been expanded.
    public var maximumDepth: Int

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - maximumBytes: The size of the text in bytes; default 4 MiB.
    ///   - maximumNodes: The number of nodes after aliases have been expanded; default 100,000.
    ///   - maximumDepth: How deep collections may nest; default 64.
    public init(maximumBytes: Int = 4 << 20, maximumNodes: Int = 100_000, maximumDepth: Int = 64) {
        self.maximumBytes = maximumBytes
        self.maximumNodes = maximumNodes
        self.maximumDepth = maximumDepth
    }
}
