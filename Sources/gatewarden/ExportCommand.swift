import ArgumentParser
import Gateway

/// The command `gatewarden export`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the files that this program brings along into a directory.",
        discussion: """
            dashboards are for Grafana, alerts for Prometheus, runbooks are the pages that alerts point at, systemd is the \
            unit that runs the gateway. Either all files are written or none; a file that is there and different is left \
            alone.
            """
    )

    @Argument(help: ArgumentHelp("One of \(Self.kinds).", valueName: "what"), transform: Self.kind)
    var kind: FileExport.Kind

    @Argument(help: ArgumentHelp("Where to write; made if it is not there.", valueName: "dir"))
    var directory: String

    @Flag(help: "Replace files that are different.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "Where the links in alerts and dashboards lead, in place of the box itself: URL/NAME is a page.",
            valueName: "url"
        )
    )
    var runbookBaseURL: String?

    @Flag(help: "The links in alerts and dashboards lead to the box itself, which speaks TLS (web.configFile).")
    var https = false

    func validate() throws {
        guard !https || runbookBaseURL == nil else {
            throw ValidationError("--https and --runbook-base-url say different things; give one of them")
        }
    }

    func run() async throws {
        try await exiting {
            let runbooks = try https ? .encryptedBox : runbookBaseURL.map { try RunbookBase(address: $0) }
            let export = FileExport(kind, to: directory, replacing: force, runbooks: runbooks)
            for file in try export.run() { print(file) }
        }
    }

    private static let kinds = FileExport.Kind.allCases.map(\.rawValue).joined(separator: ", ")

    private static func kind(_ word: String) throws -> FileExport.Kind {
        guard let kind = FileExport.Kind(rawValue: word) else { throw ValidationError("export one of \(kinds)") }
        return kind
    }
}
