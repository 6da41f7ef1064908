import ArgumentParser
import Gateway
import GatewayConfiguration
import Logging
import OperatorHTTP

/// The command `gatewarden log-level`.
struct LogLevelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-level",
        abstract: "Shows or sets the level of the running gateway's log.",
        discussion: """
            A level counts until its time is over, another one is set, or the gateway ends; a reload of the configuration \
            changes only what is gone back to.
            """
    )

    @OptionGroup var runDirectory: RunDirectoryOptions

    @Argument(
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical; \"configured\" goes back to the configuration.",
            discussion: "Without it, the level is shown.",
            valueName: "level"
        )
    )
    var level: String?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long the level counts, from 1s to 24h, such as 10m.", valueName: "duration"),
        transform: duration(from:)
    )
    var time: Duration?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if let level, level != Self.configuredName, LoggingSection.Level(rawValue: level) == nil {
            let names = LoggingSection.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\"\(level)\" is no level; there are \(names), and \(Self.configuredName)")
        }
        if time != nil, level == nil || level == Self.configuredName {
            throw ValidationError("--for needs a level, such as gatewarden log-level debug --for 10m")
        }
    }

    func run() async throws {
        try await exiting {
            let client = ControlClient(runDirectory: runDirectory.runDir)
            let report =
                if let level { try await set(level, client) } else { try await client.logLevel() }
            if json { try printJSON(report) } else { print(LogLevelSummary(report)) }
        }
    }

    private static let configuredName = "configured"

    private func set(_ level: String, _ client: ControlClient) async throws(OperatorError) -> LogLevelReport {
        try await client.setLogLevel(LogLevelRequest(level: Logger.Level(rawValue: level), duration: time))
    }

    private static func duration(from text: String) throws -> Duration {
        guard let duration = DurationText.parse(text), duration >= .seconds(1),
            duration <= LogLevelRequest.longestDuration
        else { throw ValidationError("\"\(text)\" is no duration from 1s to 24h") }
        return duration
    }
}
