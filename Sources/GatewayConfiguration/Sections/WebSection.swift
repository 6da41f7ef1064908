/// Metrics and health over HTTP.
public struct WebSection: Sendable, Equatable {
    /// Where to listen; port 0 takes a free one.
    public let listen: Endpoint
    /// Where runbooks are to be read, before `/NAME`; nil for this box.
    public let runbookBaseURL: String?

    init(_ object: ConfigurationObject) {
        listen = object[WebSchema.listen]
        runbookBaseURL = object[WebSchema.runbookBaseURL]
    }
}
