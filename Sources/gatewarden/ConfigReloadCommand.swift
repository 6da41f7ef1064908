import ArgumentParser
import Gateway
import GatewayConfiguration
import OperatorHTTP

/// The command `gatewarden config reload`.
struct ConfigReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Lets the running gateway load its configuration again and apply what is different.",
        discussion: """
            The gateway reads the same files, environment and flags that it was started with. A configuration with any \
            problem is refused as a whole, flows are checked by the real program before, and children that did not \
            change are left alone. A flow that does not become ready goes back to its last good configuration. \
            SIGHUP does the same.

            Exit codes: 0 when everything does what the configuration says, 1 when it was refused or something does not.
            """
    )

    @OptionGroup var runDirectory: RunDirectoryOptions

    @Option(
        help: ArgumentHelp("How long to wait for the children, from 1s to 10m.", valueName: "duration"),
        transform: duration(from:)
    )
    var timeout = ReloadRequest.standardTimeout

    @Flag(help: "End as soon as the changes are applied, whatever comes of them.")
    var noWait = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await exiting {
            let request = ReloadRequest(timeout: noWait ? nil : timeout)
            let report = try await ControlClient(runDirectory: runDirectory.runDir).reload(request)
            if json { try printJSON(report) } else { print(ReloadSummary(report)) }
            if !report.isGood { throw ExitCode(ExitStatus.failure.rawValue) }
        }
    }

    private static func duration(from text: String) throws -> Duration {
        guard let duration = DurationText.parse(text), duration >= .seconds(1), duration <= ReloadRequest.longestTimeout
        else { throw ValidationError("\"\(text)\" is no duration from 1s to 10m") }
        return duration
    }
}
