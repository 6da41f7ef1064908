import ArgumentParser
import Gateway
import OperatorHTTP

/// The command `gatewarden status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows the tree with states, pids, uptime and restarts."
    )

    @OptionGroup var runDirectory: RunDirectoryOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        try await exiting {
            let status = try await ControlClient(runDirectory: runDirectory.runDir).status()
            guard json else { return print(StatusTable(status)) }
            try printJSON(status)
        }
    }
}
