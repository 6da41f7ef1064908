/// Metrics and health over HTTP.
public struct WebSection: Sendable, Equatable {
    /// Where to listen; port 0 takes a free one.
    public let listen: Endpoint

    init(_ object: ConfigurationObject) {
        listen = object[WebSchema.listen]
    }
}
