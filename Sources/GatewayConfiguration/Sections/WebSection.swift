/// Metrics and health over HTTP.
public struct WebSection: Sendable, Equatable {
    /// Where to listen; port 0 takes a free one.
    public let listen: Endpoint
    /// The file that says who may read, and how, as an absolute path; nil for everybody, without TLS.
    public let configFile: String?
    /// How many connections may be open at once.
    public let maxConnections: Int
    /// Where runbooks are to be read, before `/NAME`; nil for this box.
    public let runbookBaseURL: String?

    init(_ object: ConfigurationObject, folder: ConfigurationFolder) {
        listen = object[WebSchema.listen]
        configFile = object[WebSchema.configFile].map(folder.absolute)
        maxConnections = object[WebSchema.maxConnections]
        runbookBaseURL = object[WebSchema.runbookBaseURL]
    }
}
