import ArgumentParser
import Exposition

/// The command `gatewarden metrics negotiate`.
struct MetricsNegotiateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "negotiate",
        abstract: "Tells in which format /metrics answers an Accept header.",
        discussion: """
            Prints the Content-Type of the answer. Weights and wildcards count as in RFC 9110; where nothing fits, the \
            answer is text 0.0.4.

            Example: gatewarden metrics negotiate 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5'
            """
    )

    @Argument(help: "The value of the Accept header; without it, the answer to a request that has none.")
    var accept: String?

    @Flag(help: "Print JSON: format, version, escaping and contentType.")
    var json = false

    func run() async throws {
        let format = ExpositionFormat.negotiated(accept: accept)
        guard json else { return print(format.contentType) }
        try printJSON(NegotiatedFormat(format))
    }

    private struct NegotiatedFormat: Encodable {
        let contentType: String
        let escaping: String
        let format: String
        let version: String

        init(_ format: ExpositionFormat) {
            contentType = format.contentType
            escaping = format.escaping.rawValue
            self.format = format.version.isOpenMetrics ? "openmetrics" : "text"
            version = format.version.number
        }
    }
}
