/// An exposition in the format that a scraper has asked for, before it is rendered.
public struct MetricsRendition: Sendable {
    /// Media type with version and character set, as the exposition format asks for; one of a few.
    public var contentType: String
    /// Renders all metrics as they are now; called on a thread that may be blocked, one call at a time.
    public var render: @Sendable () -> [UInt8]

    /// Describes an exposition.
    ///
    /// - Parameters:
    ///   - contentType: Media type with version and character set; one of a few, as scrapes with the same one share what is
    ///     rendered.
    ///   - render: Renders all metrics as they are now; called on a thread that may be blocked.
    public init(contentType: String, render: @escaping @Sendable () -> [UInt8]) {
        self.contentType = contentType
        self.render = render
    }
}
