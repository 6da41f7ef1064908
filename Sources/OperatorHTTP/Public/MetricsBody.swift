/// A rendered exposition of all metrics.
public struct MetricsBody: Sendable, Equatable {
    /// Media type with version and character set, as the exposition format asks for.
    public var contentType: String
    /// The exposition.
    public var bytes: [UInt8]

    /// Describes an exposition.
    ///
    /// - Parameters:
    ///   - contentType: Media type with version and character set.
    ///   - bytes: The exposition.
    public init(contentType: String, bytes: [UInt8]) {
        self.contentType = contentType
        self.bytes = bytes
    }
}
